// Generated from alerts/metallb.rules.yaml by `npm run generate`.
import type { AlertRule } from './alert-rule.ts';

export const alertSource: readonly AlertRule[] = [
  {
    "alert": "MetalLBControllerDown",
    "expr": "max by (job) (up{job=\"metallb-controller-metrics\"}) == 0 or absent(up{job=\"metallb-controller-metrics\"}) == 1",
    "for": "5m",
    "labels": {
      "severity": "critical"
    },
    "annotations": {
      "summary": "MetalLB's controller is down.",
      "description": "No controller has answered a scrape for 5 minutes. Services keep the addresses they have; new and changed Services get none.",
      "runbook": "alerts/runbook.md#metallbcontrollerdown"
    }
  },
  {
    "alert": "MetalLBAllSpeakersDown",
    "expr": "max by (job) (up{job=\"metallb-speaker-metrics\"}) == 0 or absent(up{job=\"metallb-speaker-metrics\"}) == 1",
    "for": "5m",
    "labels": {
      "severity": "critical"
    },
    "annotations": {
      "summary": "Every MetalLB speaker is down.",
      "description": "No speaker has answered a scrape for 5 minutes. Nobody announces the addresses of LoadBalancer Services, so they go dark as neighbours forget them.",
      "runbook": "alerts/runbook.md#metallballspeakersdown"
    }
  },
  {
    "alert": "MetalLBIPPoolFull",
    "expr": "metallb_allocator_addresses_in_use_total{pool!=\"\"} / metallb_allocator_addresses_total{pool!=\"\"} >= 1 and metallb_allocator_addresses_total{pool!=\"\"} > 0",
    "for": "1m",
    "labels": {
      "severity": "critical"
    },
    "annotations": {
      "summary": "Address pool {{ $labels.pool }} is full.",
      "description": "Every address of pool {{ $labels.pool }} is in use. The next Service that needs one from it stays pending.",
      "runbook": "alerts/runbook.md#metallbippoolfull"
    }
  },
  {
    "alert": "MetalLBMetricsMissing",
    "expr": "absent(metallb_k8s_client_config_loaded_bool{job=\"metallb-controller-metrics\"}) == 1 and on () absent(metallb_allocator_addresses_total) == 1",
    "for": "10m",
    "labels": {
      "severity": "critical"
    },
    "annotations": {
      "summary": "MetalLB's metrics are missing.",
      "description": "Prometheus has had no metrics of MetalLB's controller for 10 minutes. No other alert about pools and configuration can fire meanwhile.",
      "runbook": "alerts/runbook.md#metallbmetricsmissing"
    }
  },
  {
    "alert": "MetalLBSpeakerDown",
    "expr": "up{job=\"metallb-speaker-metrics\"} == 0",
    "for": "2m",
    "labels": {
      "severity": "warning"
    },
    "annotations": {
      "summary": "The MetalLB speaker {{ $labels.pod }} is down.",
      "description": "The speaker {{ $labels.pod }} ({{ $labels.instance }}) has not answered a scrape for 2 minutes. Its node announces nothing; other nodes take over what they can.",
      "runbook": "alerts/runbook.md#metallbspeakerdown"
    }
  },
  {
    "alert": "MetalLBIPPoolExhausted",
    "expr": "metallb_allocator_addresses_in_use_total / metallb_allocator_addresses_total >= 0.9 and metallb_allocator_addresses_total > 1",
    "for": "5m",
    "labels": {
      "severity": "warning"
    },
    "annotations": {
      "summary": "Address pool {{ $labels.pool }} is nearly exhausted.",
      "description": "{{ $value | humanizePercentage }} of the addresses of pool {{ $labels.pool }} are in use.",
      "runbook": "alerts/runbook.md#metallbippoolexhausted"
    }
  },
  {
    "alert": "MetalLBBGPSessionDown",
    "expr": "metallb_bgp_session_up == 0 or frrk8s_bgp_session_up == 0",
    "for": "2m",
    "labels": {
      "severity": "warning"
    },
    "annotations": {
      "summary": "The BGP session with {{ $labels.peer }} is down.",
      "description": "{{ $labels.instance }} has had no BGP session with {{ $labels.peer }} for 2 minutes. That router sends no traffic for LoadBalancer addresses to this node.",
      "runbook": "alerts/runbook.md#metallbbgpsessiondown"
    }
  },
  {
    "alert": "MetalLBStaleConfig",
    "expr": "metallb_k8s_client_config_stale_bool == 1",
    "for": "10m",
    "labels": {
      "severity": "warning"
    },
    "annotations": {
      "summary": "MetalLB runs on a stale configuration.",
      "description": "{{ $labels.pod }} ({{ $labels.job }}) has refused the stored configuration for 10 minutes and works with the last one it could use. No change of pools or advertisements takes effect.",
      "runbook": "alerts/runbook.md#metallbstaleconfig"
    }
  }
];
