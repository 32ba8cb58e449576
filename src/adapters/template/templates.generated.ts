// @ts-nocheck: compiled by Handlebars.
// Generated from src/adapters/template/manifests by `npm run generate`.
import type { TemplateName } from '../../domain/render/render-unit.ts';

export const templates: { readonly [name in TemplateName]: object } = {
  "admission-policy": {"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var alias1=depth0 != null ? depth0 : (container.nullContext || {}), alias2=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "{\n  \"apiVersion\": \"admissionregistration.k8s.io/v1\",\n  \"kind\": \"ValidatingAdmissionPolicy\",\n  \"metadata\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"metadata"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":4,"column":14},"end":{"line":4,"column":31}}}))
    + ",\n  \"spec\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"spec"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":5,"column":10},"end":{"line":5,"column":23}}}))
    + "\n}\n";
},"useData":true},
  "admission-policy-binding": {"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var alias1=depth0 != null ? depth0 : (container.nullContext || {}), alias2=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "{\n  \"apiVersion\": \"admissionregistration.k8s.io/v1\",\n  \"kind\": \"ValidatingAdmissionPolicyBinding\",\n  \"metadata\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"metadata"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":4,"column":14},"end":{"line":4,"column":31}}}))
    + ",\n  \"spec\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"spec"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":5,"column":10},"end":{"line":5,"column":23}}}))
    + "\n}\n";
},"useData":true},
  "cluster-role": {"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var alias1=depth0 != null ? depth0 : (container.nullContext || {}), alias2=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "{\n  \"apiVersion\": \"rbac.authorization.k8s.io/v1\",\n  \"kind\": \"ClusterRole\",\n  \"metadata\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"metadata"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":4,"column":14},"end":{"line":4,"column":31}}}))
    + ",\n  \"rules\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"rules"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":5,"column":11},"end":{"line":5,"column":25}}}))
    + "\n}\n";
},"useData":true},
  "cluster-role-binding": {"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var alias1=depth0 != null ? depth0 : (container.nullContext || {}), alias2=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "{\n  \"apiVersion\": \"rbac.authorization.k8s.io/v1\",\n  \"kind\": \"ClusterRoleBinding\",\n  \"metadata\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"metadata"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":4,"column":14},"end":{"line":4,"column":31}}}))
    + ",\n  \"roleRef\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"roleRef"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":5,"column":13},"end":{"line":5,"column":29}}}))
    + ",\n  \"subjects\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"subjects"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":6,"column":14},"end":{"line":6,"column":31}}}))
    + "\n}\n";
},"useData":true},
  "config-map": {"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var alias1=depth0 != null ? depth0 : (container.nullContext || {}), alias2=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"ConfigMap\",\n  \"metadata\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"metadata"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":4,"column":14},"end":{"line":4,"column":31}}}))
    + ",\n  \"data\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"data"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":5,"column":10},"end":{"line":5,"column":23}}}))
    + "\n}\n";
},"useData":true},
  "metallb-resource": {"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var alias1=depth0 != null ? depth0 : (container.nullContext || {}), alias2=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "{\n  \"apiVersion\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"apiVersion"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":2,"column":16},"end":{"line":2,"column":35}}}))
    + ",\n  \"kind\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"kind"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":3,"column":10},"end":{"line":3,"column":23}}}))
    + ",\n  \"metadata\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"metadata"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":4,"column":14},"end":{"line":4,"column":31}}}))
    + ",\n  \"spec\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"spec"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":5,"column":10},"end":{"line":5,"column":23}}}))
    + "\n}\n";
},"useData":true},
  "metrics-service": {"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var alias1=depth0 != null ? depth0 : (container.nullContext || {}), alias2=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"Service\",\n  \"metadata\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"metadata"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":5,"column":14},"end":{"line":5,"column":31}}}))
    + ",\n  \"spec\": {\n    \"clusterIP\": \"None\",\n    \"ports\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"ports"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":8,"column":13},"end":{"line":8,"column":27}}}))
    + ",\n    \"publishNotReadyAddresses\": true,\n    \"selector\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"selector"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":10,"column":16},"end":{"line":10,"column":33}}}))
    + "\n  }\n}\n";
},"useData":true},
  "namespace": {"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"Namespace\",\n  \"metadata\": "
    + container.escapeExpression(lookupProperty(helpers,"json").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"metadata"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":4,"column":14},"end":{"line":4,"column":31}}}))
    + "\n}\n";
},"useData":true},
  "native-controller": {"0":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "        \"imagePullSecrets\": "
    + container.escapeExpression(lookupProperty(helpers,"json").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"imagePullSecrets"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":15,"column":28},"end":{"line":15,"column":53}}}))
    + ",\n";
},"1":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "        \"priorityClassName\": "
    + container.escapeExpression(lookupProperty(helpers,"json").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"priorityClassName"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":18,"column":29},"end":{"line":18,"column":55}}}))
    + ",\n";
},"2":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "        \"tolerations\": "
    + container.escapeExpression(lookupProperty(helpers,"json").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"tolerations"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":22,"column":23},"end":{"line":22,"column":43}}}))
    + ",\n";
},"3":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "            \"resources\": "
    + container.escapeExpression(lookupProperty(helpers,"json").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"resources"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":40,"column":25},"end":{"line":40,"column":43}}}))
    + ",\n";
},"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), alias2=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "{\n  \"apiVersion\": \"apps/v1\",\n  \"kind\": \"Deployment\",\n  \"metadata\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"metadata"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":4,"column":14},"end":{"line":4,"column":31}}}))
    + ",\n  \"spec\": {\n    \"replicas\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"replicas"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":6,"column":16},"end":{"line":6,"column":33}}}))
    + ",\n    \"revisionHistoryLimit\": 3,\n    \"strategy\": { \"type\": \"Recreate\" },\n    \"selector\": { \"matchLabels\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"podLabels"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":9,"column":33},"end":{"line":9,"column":51}}}))
    + " },\n    \"template\": {\n      \"metadata\": { \"labels\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"podLabels"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":11,"column":30},"end":{"line":11,"column":48}}}))
    + " },\n      \"spec\": {\n        \"serviceAccountName\": \"controller\",\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"imagePullSecrets"),{"name":"if","hash":{},"fn":container.program(0, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":14,"column":8},"end":{"line":16,"column":15}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"priorityClassName"),{"name":"if","hash":{},"fn":container.program(1, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":17,"column":8},"end":{"line":19,"column":15}}})) != null ? stack1 : "")
    + "        \"affinity\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"affinity"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":20,"column":20},"end":{"line":20,"column":37}}}))
    + ",\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"tolerations"),{"name":"if","hash":{},"fn":container.program(2, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":21,"column":8},"end":{"line":23,"column":15}}})) != null ? stack1 : "")
    + "        \"nodeSelector\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"nodeSelector"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":24,"column":24},"end":{"line":24,"column":45}}}))
    + ",\n        \"terminationGracePeriodSeconds\": 10,\n        \"securityContext\": {\n          \"runAsNonRoot\": true,\n          \"runAsUser\": 65534,\n          \"seccompProfile\": { \"type\": \"RuntimeDefault\" }\n        },\n        \"containers\": [\n          {\n            \"name\": \"controller\",\n            \"image\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"image"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":34,"column":21},"end":{"line":34,"column":35}}}))
    + ",\n            \"imagePullPolicy\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"imagePullPolicy"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":35,"column":31},"end":{"line":35,"column":55}}}))
    + ",\n            \"command\": [\"metalwave\", \"controller\"],\n            \"args\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"arguments"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":37,"column":20},"end":{"line":37,"column":38}}}))
    + ",\n            \"env\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"variables"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":38,"column":19},"end":{"line":38,"column":37}}}))
    + ",\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"resources"),{"name":"if","hash":{},"fn":container.program(3, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":39,"column":12},"end":{"line":41,"column":19}}})) != null ? stack1 : "")
    + "            \"ports\": [\n              { \"name\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"metricsPortName"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":43,"column":24},"end":{"line":43,"column":48}}}))
    + ", \"containerPort\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"metricsPort"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":43,"column":67},"end":{"line":43,"column":87}}}))
    + ", \"protocol\": \"TCP\" }\n            ],\n            \"livenessProbe\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(lookupProperty(depth0,"probes"),"liveness"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":45,"column":29},"end":{"line":45,"column":53}}}))
    + ",\n            \"readinessProbe\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(lookupProperty(depth0,"probes"),"readiness"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":46,"column":30},"end":{"line":46,"column":55}}}))
    + ",\n            \"securityContext\": {\n              \"allowPrivilegeEscalation\": false,\n              \"capabilities\": { \"drop\": [\"ALL\"] },\n              \"readOnlyRootFilesystem\": true\n            }\n          }\n        ]\n      }\n    }\n  }\n}\n";
},"useData":true},
  "pod-disruption-budget": {"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var alias1=depth0 != null ? depth0 : (container.nullContext || {}), alias2=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "{\n  \"apiVersion\": \"policy/v1\",\n  \"kind\": \"PodDisruptionBudget\",\n  \"metadata\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"metadata"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":4,"column":14},"end":{"line":4,"column":31}}}))
    + ",\n  \"spec\": {\n    \"maxUnavailable\": 1,\n    \"selector\": { \"matchLabels\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"selector"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":7,"column":33},"end":{"line":7,"column":50}}}))
    + " },\n    \"unhealthyPodEvictionPolicy\": \"AlwaysAllow\"\n  }\n}\n";
},"useData":true},
  "prometheus-rule": {"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var alias1=depth0 != null ? depth0 : (container.nullContext || {}), alias2=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "{\n  \"apiVersion\": \"monitoring.coreos.com/v1\",\n  \"kind\": \"PrometheusRule\",\n  \"metadata\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"metadata"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":4,"column":14},"end":{"line":4,"column":31}}}))
    + ",\n  \"spec\": {\n    \"groups\": [\n      {\n        \"name\": \"metallb.rules\",\n        \"interval\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"interval"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":9,"column":20},"end":{"line":9,"column":37}}}))
    + ",\n        \"rules\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"rules"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":10,"column":17},"end":{"line":10,"column":31}}}))
    + "\n      }\n    ]\n  }\n}\n";
},"useData":true},
  "role": {"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var alias1=depth0 != null ? depth0 : (container.nullContext || {}), alias2=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "{\n  \"apiVersion\": \"rbac.authorization.k8s.io/v1\",\n  \"kind\": \"Role\",\n  \"metadata\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"metadata"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":4,"column":14},"end":{"line":4,"column":31}}}))
    + ",\n  \"rules\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"rules"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":5,"column":11},"end":{"line":5,"column":25}}}))
    + "\n}\n";
},"useData":true},
  "role-binding": {"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var alias1=depth0 != null ? depth0 : (container.nullContext || {}), alias2=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "{\n  \"apiVersion\": \"rbac.authorization.k8s.io/v1\",\n  \"kind\": \"RoleBinding\",\n  \"metadata\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"metadata"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":4,"column":14},"end":{"line":4,"column":31}}}))
    + ",\n  \"roleRef\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"roleRef"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":5,"column":13},"end":{"line":5,"column":29}}}))
    + ",\n  \"subjects\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"subjects"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":6,"column":14},"end":{"line":6,"column":31}}}))
    + "\n}\n";
},"useData":true},
  "service-account": {"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"ServiceAccount\",\n  \"metadata\": "
    + container.escapeExpression(lookupProperty(helpers,"json").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"metadata"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":4,"column":14},"end":{"line":4,"column":31}}}))
    + "\n}\n";
},"useData":true},
  "service-monitor": {"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var alias1=depth0 != null ? depth0 : (container.nullContext || {}), alias2=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "{\n  \"apiVersion\": \"monitoring.coreos.com/v1\",\n  \"kind\": \"ServiceMonitor\",\n  \"metadata\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"metadata"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":4,"column":14},"end":{"line":4,"column":31}}}))
    + ",\n  \"spec\": {\n    \"endpoints\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"endpoints"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":6,"column":17},"end":{"line":6,"column":35}}}))
    + ",\n    \"namespaceSelector\": { \"matchNames\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"namespaces"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":7,"column":41},"end":{"line":7,"column":60}}}))
    + " },\n    \"selector\": { \"matchLabels\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"selector"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":8,"column":33},"end":{"line":8,"column":50}}}))
    + " }\n  }\n}\n";
},"useData":true},
  "upstream-controller": {"0":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "        \"imagePullSecrets\": "
    + container.escapeExpression(lookupProperty(helpers,"json").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"imagePullSecrets"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":15,"column":28},"end":{"line":15,"column":53}}}))
    + ",\n";
},"1":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "        \"priorityClassName\": "
    + container.escapeExpression(lookupProperty(helpers,"json").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"priorityClassName"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":18,"column":29},"end":{"line":18,"column":55}}}))
    + ",\n";
},"2":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "        \"affinity\": "
    + container.escapeExpression(lookupProperty(helpers,"json").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"affinity"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":21,"column":20},"end":{"line":21,"column":37}}}))
    + ",\n";
},"3":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "        \"tolerations\": "
    + container.escapeExpression(lookupProperty(helpers,"json").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"tolerations"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":24,"column":23},"end":{"line":24,"column":43}}}))
    + ",\n";
},"4":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "        \"volumes\": [\n          { \"name\": \"webhook-certificate\", \"secret\": { \"secretName\": "
    + container.escapeExpression(lookupProperty(helpers,"json").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(lookupProperty(depth0,"webhook"),"secret"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":28,"column":69},"end":{"line":28,"column":92}}}))
    + " } }\n        ],\n";
},"5":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "            \"resources\": "
    + container.escapeExpression(lookupProperty(helpers,"json").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"resources"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":47,"column":25},"end":{"line":47,"column":43}}}))
    + ",\n";
},"6":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "            \"volumeMounts\": [\n              { \"name\": \"webhook-certificate\", \"mountPath\": "
    + container.escapeExpression(lookupProperty(helpers,"json").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(lookupProperty(depth0,"webhook"),"folder"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":51,"column":60},"end":{"line":51,"column":83}}}))
    + ", \"readOnly\": true }\n            ],\n";
},"7":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "              { \"name\": \"webhook-server\", \"containerPort\": "
    + container.escapeExpression(lookupProperty(helpers,"json").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(lookupProperty(depth0,"webhook"),"port"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":56,"column":59},"end":{"line":56,"column":80}}}))
    + ", \"protocol\": \"TCP\" },\n";
},"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), alias2=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "{\n  \"apiVersion\": \"apps/v1\",\n  \"kind\": \"Deployment\",\n  \"metadata\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"metadata"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":4,"column":14},"end":{"line":4,"column":31}}}))
    + ",\n  \"spec\": {\n    \"replicas\": 1,\n    \"revisionHistoryLimit\": 3,\n    \"strategy\": { \"type\": \"Recreate\" },\n    \"selector\": { \"matchLabels\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"podLabels"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":9,"column":33},"end":{"line":9,"column":51}}}))
    + " },\n    \"template\": {\n      \"metadata\": { \"labels\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"podLabels"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":11,"column":30},"end":{"line":11,"column":48}}}))
    + " },\n      \"spec\": {\n        \"serviceAccountName\": \"controller\",\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"imagePullSecrets"),{"name":"if","hash":{},"fn":container.program(0, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":14,"column":8},"end":{"line":16,"column":15}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"priorityClassName"),{"name":"if","hash":{},"fn":container.program(1, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":17,"column":8},"end":{"line":19,"column":15}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"affinity"),{"name":"if","hash":{},"fn":container.program(2, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":20,"column":8},"end":{"line":22,"column":15}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"tolerations"),{"name":"if","hash":{},"fn":container.program(3, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":23,"column":8},"end":{"line":25,"column":15}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"webhook"),{"name":"if","hash":{},"fn":container.program(4, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":26,"column":8},"end":{"line":30,"column":15}}})) != null ? stack1 : "")
    + "        \"nodeSelector\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"nodeSelector"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":31,"column":24},"end":{"line":31,"column":45}}}))
    + ",\n        \"terminationGracePeriodSeconds\": 0,\n        \"securityContext\": {\n          \"runAsNonRoot\": true,\n          \"runAsUser\": 65534,\n          \"fsGroup\": 65534,\n          \"seccompProfile\": { \"type\": \"RuntimeDefault\" }\n        },\n        \"containers\": [\n          {\n            \"name\": \"controller\",\n            \"image\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"image"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":42,"column":21},"end":{"line":42,"column":35}}}))
    + ",\n            \"imagePullPolicy\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"imagePullPolicy"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":43,"column":31},"end":{"line":43,"column":55}}}))
    + ",\n            \"args\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"arguments"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":44,"column":20},"end":{"line":44,"column":38}}}))
    + ",\n            \"env\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"variables"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":45,"column":19},"end":{"line":45,"column":37}}}))
    + ",\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"resources"),{"name":"if","hash":{},"fn":container.program(5, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":46,"column":12},"end":{"line":48,"column":19}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"webhook"),{"name":"if","hash":{},"fn":container.program(6, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":49,"column":12},"end":{"line":53,"column":19}}})) != null ? stack1 : "")
    + "            \"ports\": [\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"webhook"),{"name":"if","hash":{},"fn":container.program(7, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":55,"column":14},"end":{"line":57,"column":21}}})) != null ? stack1 : "")
    + "              { \"name\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"metricsPortName"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":58,"column":24},"end":{"line":58,"column":48}}}))
    + ", \"containerPort\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"metricsPort"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":58,"column":67},"end":{"line":58,"column":87}}}))
    + ", \"protocol\": \"TCP\" }\n            ],\n            \"livenessProbe\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(lookupProperty(depth0,"probes"),"liveness"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":60,"column":29},"end":{"line":60,"column":53}}}))
    + ",\n            \"readinessProbe\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(lookupProperty(depth0,"probes"),"readiness"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":61,"column":30},"end":{"line":61,"column":55}}}))
    + ",\n            \"securityContext\": {\n              \"allowPrivilegeEscalation\": false,\n              \"capabilities\": { \"drop\": [\"ALL\"] },\n              \"readOnlyRootFilesystem\": true\n            }\n          }\n        ]\n      }\n    }\n  }\n}\n";
},"useData":true},
  "upstream-speaker": {"0":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "        \"imagePullSecrets\": "
    + container.escapeExpression(lookupProperty(helpers,"json").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"imagePullSecrets"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":16,"column":28},"end":{"line":16,"column":53}}}))
    + ",\n";
},"1":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "        \"priorityClassName\": "
    + container.escapeExpression(lookupProperty(helpers,"json").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"priorityClassName"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":19,"column":29},"end":{"line":19,"column":55}}}))
    + ",\n";
},"2":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "        \"affinity\": "
    + container.escapeExpression(lookupProperty(helpers,"json").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"affinity"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":22,"column":20},"end":{"line":22,"column":37}}}))
    + ",\n";
},"3":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "        \"tolerations\": "
    + container.escapeExpression(lookupProperty(helpers,"json").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"tolerations"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":25,"column":23},"end":{"line":25,"column":43}}}))
    + ",\n";
},"4":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "          { \"name\": \"memberlist-key\", \"secret\": { \"secretName\": "
    + container.escapeExpression(lookupProperty(helpers,"json").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(lookupProperty(depth0,"memberlist"),"secret"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":32,"column":64},"end":{"line":32,"column":90}}}))
    + " } },\n";
},"5":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "          { \"name\": \"frr-startup\", \"configMap\": { \"name\": "
    + container.escapeExpression(lookupProperty(helpers,"json").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(lookupProperty(depth0,"frr"),"startupConfigMap"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":35,"column":58},"end":{"line":35,"column":87}}}))
    + " } },\n          { \"name\": \"frr-configuration\", \"emptyDir\": {} },\n          { \"name\": \"frr-sockets\", \"emptyDir\": {} },\n          { \"name\": \"frr-metrics\", \"emptyDir\": {} },\n          { \"name\": \"reloader\", \"emptyDir\": {} },\n";
},"6":function(container,depth0,helpers,partials,data) {
    var alias1=depth0 != null ? depth0 : (container.nullContext || {}), alias2=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "        \"shareProcessNamespace\": true,\n        \"initContainers\": [\n          {\n            \"name\": \"copy-frr-files\",\n            \"image\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(lookupProperty(depth0,"frr"),"image"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":48,"column":21},"end":{"line":48,"column":39}}}))
    + ",\n            \"imagePullPolicy\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"imagePullPolicy"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":49,"column":31},"end":{"line":49,"column":55}}}))
    + ",\n            \"command\": [\"/bin/sh\", \"-c\", \"cp -L /startup/* /etc/frr/\"],\n            \"securityContext\": { \"runAsUser\": 100, \"runAsGroup\": 101 },\n            \"volumeMounts\": [\n              { \"name\": \"frr-startup\", \"mountPath\": \"/startup\", \"readOnly\": true },\n              { \"name\": \"frr-configuration\", \"mountPath\": \"/etc/frr\" }\n            ]\n          },\n          {\n            \"name\": \"copy-reloader\",\n            \"image\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"image"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":59,"column":21},"end":{"line":59,"column":35}}}))
    + ",\n            \"imagePullPolicy\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"imagePullPolicy"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":60,"column":31},"end":{"line":60,"column":55}}}))
    + ",\n            \"command\": [\"/cp-tool\", \"/frr-reloader.sh\", \"/etc/frr_reloader/frr-reloader.sh\"],\n            \"volumeMounts\": [\n              { \"name\": \"reloader\", \"mountPath\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(lookupProperty(depth0,"frr"),"reloaderFolder"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":63,"column":49},"end":{"line":63,"column":76}}}))
    + " }\n            ]\n          },\n          {\n            \"name\": \"copy-frr-metrics\",\n            \"image\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"image"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":68,"column":21},"end":{"line":68,"column":35}}}))
    + ",\n            \"imagePullPolicy\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"imagePullPolicy"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":69,"column":31},"end":{"line":69,"column":55}}}))
    + ",\n            \"command\": [\"/cp-tool\", \"/frr-metrics\", \"/etc/frr_metrics/frr-metrics\"],\n            \"volumeMounts\": [\n              { \"name\": \"frr-metrics\", \"mountPath\": \"/etc/frr_metrics\" }\n            ]\n          }\n        ],\n";
},"7":function(container,depth0,helpers,partials,data) {
    var alias1=depth0 != null ? depth0 : (container.nullContext || {}), alias2=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "          {\n            \"name\": \"frr\",\n            \"image\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(lookupProperty(depth0,"frr"),"image"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":81,"column":21},"end":{"line":81,"column":39}}}))
    + ",\n            \"imagePullPolicy\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"imagePullPolicy"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":82,"column":31},"end":{"line":82,"column":55}}}))
    + ",\n            \"command\": [\"/bin/sh\", \"-c\", \"tail -n +1 -F /etc/frr/frr.log & exec /sbin/tini -- /usr/lib/frr/docker-start\"],\n            \"env\": [\n              { \"name\": \"TINI_SUBREAPER\", \"value\": \"true\" }\n            ],\n            \"livenessProbe\": {\n              \"httpGet\": { \"path\": \"/livez\", \"port\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(lookupProperty(depth0,"frr"),"metricsPort"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":88,"column":53},"end":{"line":88,"column":77}}}))
    + ", \"scheme\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(lookupProperty(depth0,"frr"),"livenessScheme"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":88,"column":89},"end":{"line":88,"column":116}}}))
    + " },\n              \"periodSeconds\": 5\n            },\n            \"startupProbe\": {\n              \"httpGet\": { \"path\": \"/livez\", \"port\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(lookupProperty(depth0,"frr"),"metricsPort"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":92,"column":53},"end":{"line":92,"column":77}}}))
    + ", \"scheme\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(lookupProperty(depth0,"frr"),"livenessScheme"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":92,"column":89},"end":{"line":92,"column":116}}}))
    + " },\n              \"failureThreshold\": 30,\n              \"periodSeconds\": 5\n            },\n            \"securityContext\": {\n              \"capabilities\": { \"add\": [\"NET_ADMIN\", \"NET_BIND_SERVICE\", \"NET_RAW\", \"SYS_ADMIN\"] }\n            },\n            \"volumeMounts\": [\n              { \"name\": \"frr-configuration\", \"mountPath\": \"/etc/frr\" },\n              { \"name\": \"frr-sockets\", \"mountPath\": \"/var/run/frr\" }\n            ]\n          },\n          {\n            \"name\": \"reloader\",\n            \"image\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(lookupProperty(depth0,"frr"),"image"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":106,"column":21},"end":{"line":106,"column":39}}}))
    + ",\n            \"imagePullPolicy\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"imagePullPolicy"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":107,"column":31},"end":{"line":107,"column":55}}}))
    + ",\n            \"command\": [\"/etc/frr_reloader/frr-reloader.sh\"],\n            \"volumeMounts\": [\n              { \"name\": \"frr-configuration\", \"mountPath\": \"/etc/frr\" },\n              { \"name\": \"frr-sockets\", \"mountPath\": \"/var/run/frr\" },\n              { \"name\": \"reloader\", \"mountPath\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(lookupProperty(depth0,"frr"),"reloaderFolder"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":112,"column":49},"end":{"line":112,"column":76}}}))
    + " }\n            ]\n          },\n          {\n            \"name\": \"frr-metrics\",\n            \"image\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(lookupProperty(depth0,"frr"),"image"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":117,"column":21},"end":{"line":117,"column":39}}}))
    + ",\n            \"imagePullPolicy\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"imagePullPolicy"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":118,"column":31},"end":{"line":118,"column":55}}}))
    + ",\n            \"command\": [\"/etc/frr_metrics/frr-metrics\"],\n            \"args\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(lookupProperty(depth0,"frr"),"metricsArguments"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":120,"column":20},"end":{"line":120,"column":49}}}))
    + ",\n            \"env\": [\n              { \"name\": \"VTYSH_HISTFILE\", \"value\": \"/dev/null\" }\n            ],\n            \"ports\": [\n              { \"name\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(lookupProperty(depth0,"frr"),"metricsPortName"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":125,"column":24},"end":{"line":125,"column":52}}}))
    + ", \"containerPort\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(lookupProperty(depth0,"frr"),"metricsPort"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":125,"column":71},"end":{"line":125,"column":95}}}))
    + ", \"protocol\": \"TCP\" }\n            ],\n            \"volumeMounts\": [\n              { \"name\": \"frr-configuration\", \"mountPath\": \"/etc/frr\" },\n              { \"name\": \"frr-sockets\", \"mountPath\": \"/var/run/frr\" },\n              { \"name\": \"frr-metrics\", \"mountPath\": \"/etc/frr_metrics\" }\n            ]\n          },\n";
},"8":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "            \"resources\": "
    + container.escapeExpression(lookupProperty(helpers,"json").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"resources"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":141,"column":25},"end":{"line":141,"column":43}}}))
    + ",\n";
},"9":function(container,depth0,helpers,partials,data) {
    var alias1=depth0 != null ? depth0 : (container.nullContext || {}), alias2=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "              { \"name\": \"memberlist-tcp\", \"containerPort\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(lookupProperty(depth0,"memberlist"),"port"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":145,"column":59},"end":{"line":145,"column":83}}}))
    + ", \"protocol\": \"TCP\" },\n              { \"name\": \"memberlist-udp\", \"containerPort\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(lookupProperty(depth0,"memberlist"),"port"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":146,"column":59},"end":{"line":146,"column":83}}}))
    + ", \"protocol\": \"UDP\" },\n";
},"10":function(container,depth0,helpers,partials,data) {
    return "              { \"name\": \"memberlist-key\", \"mountPath\": \"/etc/ml_secret_key\", \"readOnly\": true },\n";
},"11":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "              { \"name\": \"reloader\", \"mountPath\": "
    + container.escapeExpression(lookupProperty(helpers,"json").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(lookupProperty(depth0,"frr"),"reloaderFolder"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":162,"column":49},"end":{"line":162,"column":76}}}))
    + " },\n";
},"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var stack1, alias1=depth0 != null ? depth0 : (container.nullContext || {}), alias2=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "{\n  \"apiVersion\": \"apps/v1\",\n  \"kind\": \"DaemonSet\",\n  \"metadata\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"metadata"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":4,"column":14},"end":{"line":4,"column":31}}}))
    + ",\n  \"spec\": {\n    \"selector\": { \"matchLabels\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"podLabels"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":6,"column":33},"end":{"line":6,"column":51}}}))
    + " },\n    \"updateStrategy\": { \"type\": \"RollingUpdate\", \"rollingUpdate\": { \"maxUnavailable\": 1 } },\n    \"template\": {\n      \"metadata\": {\n        \"annotations\": { \"metalwave.io/read-at-start\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"readAtStart"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":10,"column":55},"end":{"line":10,"column":75}}}))
    + " },\n        \"labels\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"podLabels"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":11,"column":18},"end":{"line":11,"column":36}}}))
    + "\n      },\n      \"spec\": {\n        \"serviceAccountName\": \"speaker\",\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"imagePullSecrets"),{"name":"if","hash":{},"fn":container.program(0, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":15,"column":8},"end":{"line":17,"column":15}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"priorityClassName"),{"name":"if","hash":{},"fn":container.program(1, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":18,"column":8},"end":{"line":20,"column":15}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"affinity"),{"name":"if","hash":{},"fn":container.program(2, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":21,"column":8},"end":{"line":23,"column":15}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"tolerations"),{"name":"if","hash":{},"fn":container.program(3, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":24,"column":8},"end":{"line":26,"column":15}}})) != null ? stack1 : "")
    + "        \"nodeSelector\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"nodeSelector"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":27,"column":24},"end":{"line":27,"column":45}}}))
    + ",\n        \"hostNetwork\": true,\n        \"terminationGracePeriodSeconds\": 2,\n        \"volumes\": [\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"memberlist"),{"name":"if","hash":{},"fn":container.program(4, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":31,"column":10},"end":{"line":33,"column":17}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"frr"),{"name":"if","hash":{},"fn":container.program(5, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":34,"column":10},"end":{"line":40,"column":17}}})) != null ? stack1 : "")
    + "          { \"name\": \"excluded-interfaces\", \"configMap\": { \"name\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"excludedInterfaces"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":41,"column":66},"end":{"line":41,"column":93}}}))
    + " } }\n        ],\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"frr"),{"name":"if","hash":{},"fn":container.program(6, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":43,"column":8},"end":{"line":76,"column":15}}})) != null ? stack1 : "")
    + "        \"containers\": [\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"frr"),{"name":"if","hash":{},"fn":container.program(7, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":78,"column":10},"end":{"line":133,"column":17}}})) != null ? stack1 : "")
    + "          {\n            \"name\": \"speaker\",\n            \"image\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"image"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":136,"column":21},"end":{"line":136,"column":35}}}))
    + ",\n            \"imagePullPolicy\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"imagePullPolicy"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":137,"column":31},"end":{"line":137,"column":55}}}))
    + ",\n            \"args\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"arguments"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":138,"column":20},"end":{"line":138,"column":38}}}))
    + ",\n            \"env\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"variables"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":139,"column":19},"end":{"line":139,"column":37}}}))
    + ",\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"resources"),{"name":"if","hash":{},"fn":container.program(8, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":140,"column":12},"end":{"line":142,"column":19}}})) != null ? stack1 : "")
    + "            \"ports\": [\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"memberlist"),{"name":"if","hash":{},"fn":container.program(9, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":144,"column":14},"end":{"line":147,"column":21}}})) != null ? stack1 : "")
    + "              { \"name\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"metricsPortName"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":148,"column":24},"end":{"line":148,"column":48}}}))
    + ", \"containerPort\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"metricsPort"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":148,"column":67},"end":{"line":148,"column":87}}}))
    + ", \"protocol\": \"TCP\" }\n            ],\n            \"livenessProbe\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(lookupProperty(depth0,"probes"),"liveness"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":150,"column":29},"end":{"line":150,"column":53}}}))
    + ",\n            \"readinessProbe\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(lookupProperty(depth0,"probes"),"readiness"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":151,"column":30},"end":{"line":151,"column":55}}}))
    + ",\n            \"securityContext\": {\n              \"allowPrivilegeEscalation\": false,\n              \"capabilities\": { \"add\": [\"NET_RAW\"], \"drop\": [\"ALL\"] },\n              \"readOnlyRootFilesystem\": true\n            },\n            \"volumeMounts\": [\n"
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"memberlist"),{"name":"if","hash":{},"fn":container.program(10, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":158,"column":14},"end":{"line":160,"column":21}}})) != null ? stack1 : "")
    + ((stack1 = lookupProperty(helpers,"if").call(alias1,lookupProperty(depth0,"frr"),{"name":"if","hash":{},"fn":container.program(11, data, 0),"inverse":container.noop,"data":data,"loc":{"start":{"line":161,"column":14},"end":{"line":163,"column":21}}})) != null ? stack1 : "")
    + "              { \"name\": \"excluded-interfaces\", \"mountPath\": \"/etc/metallb\", \"readOnly\": true }\n            ]\n          }\n        ]\n      }\n    }\n  }\n}\n";
},"useData":true},
  "webhook-configuration": {"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var alias1=depth0 != null ? depth0 : (container.nullContext || {}), alias2=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "{\n  \"apiVersion\": \"admissionregistration.k8s.io/v1\",\n  \"kind\": \"ValidatingWebhookConfiguration\",\n  \"metadata\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"metadata"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":4,"column":14},"end":{"line":4,"column":31}}}))
    + ",\n  \"webhooks\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"webhooks"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":5,"column":14},"end":{"line":5,"column":31}}}))
    + "\n}\n";
},"useData":true},
  "webhook-secret": {"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"Secret\",\n  \"metadata\": "
    + container.escapeExpression(lookupProperty(helpers,"json").call(depth0 != null ? depth0 : (container.nullContext || {}),lookupProperty(depth0,"metadata"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":5,"column":14},"end":{"line":5,"column":31}}}))
    + ",\n  \"type\": \"Opaque\"\n}\n";
},"useData":true},
  "webhook-service": {"compiler":[8,">= 4.3.0"],"main":function(container,depth0,helpers,partials,data) {
    var alias1=depth0 != null ? depth0 : (container.nullContext || {}), alias2=container.escapeExpression, lookupProperty = container.lookupProperty || function(parent, propertyName) {
        if (Object.prototype.hasOwnProperty.call(parent, propertyName)) {
          return parent[propertyName];
        }
        return undefined
    };

  return "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"Service\",\n  \"metadata\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"metadata"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":4,"column":14},"end":{"line":4,"column":31}}}))
    + ",\n  \"spec\": {\n    \"ports\": [\n      { \"name\": \"webhook\", \"port\": 443, \"protocol\": \"TCP\", \"targetPort\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"targetPort"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":7,"column":73},"end":{"line":7,"column":92}}}))
    + " }\n    ],\n    \"selector\": "
    + alias2(lookupProperty(helpers,"json").call(alias1,lookupProperty(depth0,"selector"),{"name":"json","hash":{},"data":data,"loc":{"start":{"line":9,"column":16},"end":{"line":9,"column":33}}}))
    + "\n  }\n}\n";
},"useData":true},
};
