// Generated from schemas/environment.schema.json by `npm run generate`. Do not edit.

/**
 * One environment: the load balancing of one cluster.
 */
export type EnvironmentConfig = {
  /**
   * Name of the environment. Without it the folder's name.
   */
  readonly environment?: string;
  /**
   * The cluster the environment runs in. Without it the current context of the kubeconfig.
   */
  readonly cluster?: {
    /**
     * Context of the kubeconfig.
     */
    readonly context?: string;
    /**
     * The cluster that the program itself runs in.
     */
    readonly inCluster?: boolean;
  };
  /**
   * The network the addresses live in. What is declared here is checked against the pools.
   */
  readonly network?: {
    /**
     * Subnets of the nodes.
     *
     * Items: A prefix or a range.
     */
    readonly subnets?: readonly string[];
    /**
     * Address of the default gateway.
     */
    readonly gateway?: string;
    /**
     * What a DHCP server hands out.
     *
     * Items: A prefix or a range.
     */
    readonly dhcp?: readonly string[];
    /**
     * What belongs to something else.
     *
     * Items: A prefix or a range.
     */
    readonly reserved?: readonly string[];
    /**
     * Addresses of pods.
     *
     * Items: A prefix or a range.
     */
    readonly podCIDRs?: readonly string[];
    /**
     * Cluster addresses of Services.
     *
     * Items: A prefix or a range.
     */
    readonly serviceCIDRs?: readonly string[];
  };
  /**
   * How the environment is brought to its cluster.
   */
  readonly sync?: {
    /**
     * Sync by itself when a revision differs.
     */
    readonly automated?: boolean;
    /**
     * Delete objects that are no longer in the configuration.
     */
    readonly prune?: boolean;
    /**
     * Undo changes made in the cluster.
     */
    readonly selfHeal?: boolean;
    /**
     * How long one wave may take to become healthy.
     */
    readonly waveTimeout?: string;
    /**
     * What happens when a sync fails.
     */
    readonly retry?: {
      /**
       * How often it is tried again; 0 never.
       */
      readonly limit?: number;
      /**
       * Pauses between attempts.
       */
      readonly backoff?: {
        /**
         * The first pause.
         */
        readonly duration?: string;
        /**
         * By what each pause is longer than the one before.
         */
        readonly factor?: number;
        /**
         * The longest pause.
         */
        readonly maxDuration?: string;
      };
    };
    /**
     * Sync windows. Without any a sync may run at all times.
     *
     * Items: Times at which a sync may or may not run.
     */
    readonly windows?: readonly {
      /**
       * What the window does.
       */
      readonly kind: 'allow' | 'deny';
      /**
       * When it opens, in cron notation.
       */
      readonly schedule: string;
      /**
       * How long it stays open.
       */
      readonly duration: string;
      /**
       * Time zone of the schedule, as in the IANA database.
       */
      readonly timeZone?: string;
      /**
       * Whether a person may start a sync outside all the same.
       */
      readonly manualSync?: boolean;
    }[];
    /**
     * How much of what is live one sync may change without an approval.
     */
    readonly impactBudget?: {
      /**
       * Services that may change or lose an address.
       */
      readonly services?: number;
    };
    /**
     * What happens when a sync is not healthy in time.
     */
    readonly rollback?: {
      /**
       * Deploy the last healthy revision again, and quarantine the one that failed.
       */
      readonly onFailure?: boolean;
    };
  };
  /**
   * How changes arrive from another environment.
   */
  readonly promotion?: {
    /**
     * The environment that changes are carried over from.
     */
    readonly from?: string;
    /**
     * What must hold before they are; all of it.
     *
     * Items: One condition. Which keys beside `type` it needs depends on the type.
     */
    readonly gates?: readonly {
      /**
       * What is asked.
       */
      readonly type: 'soak' | 'alerts' | 'window' | 'approval' | 'http' | 'prometheus';
      /**
       * For soak: how long the change must have been healthy.
       */
      readonly duration?: string;
      /**
       * For approval: how many people must agree.
       */
      readonly count?: number;
      /**
       * For http: the address that must answer 200.
       */
      readonly url?: string;
      /**
       * For prometheus: the expression that must give a value other than 0.
       */
      readonly query?: string;
    }[];
  };
  /**
   * Services of type LoadBalancer that the environment declares itself.
   *
   * Items: One Service.
   */
  readonly services?: readonly {
    /**
     * Name of the Service.
     */
    readonly name: string;
    /**
     * Its namespace.
     */
    readonly namespace?: string;
    /**
     * Pool that its address is taken from.
     */
    readonly pool?: string;
    /**
     * Addresses it must have: one, or one a family.
     *
     * @maxItems 2
     *
     * Items: An address.
     */
    readonly addresses?: readonly string[];
    /**
     * Services with the same key may share an address.
     */
    readonly sharingKey?: string;
    /**
     * Its ports.
     *
     * @minItems 1
     *
     * Items: One port.
     */
    readonly ports: readonly {
      /**
       * Name of the port; needed where there are several.
       */
      readonly name?: string;
      /**
       * Port that clients use.
       */
      readonly port: number;
      /**
       * Port of the pods, by number or name. Without it the same as port.
       */
      readonly targetPort?: number | string;
      /**
       * Protocol.
       */
      readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
    }[];
    /**
     * Whether any node or only one with a pod takes traffic.
     */
    readonly externalTrafficPolicy?: 'Cluster' | 'Local';
    /**
     * Whether a client stays with one pod.
     */
    readonly sessionAffinity?: 'None' | 'ClientIP';
    /**
     * Which load balancer is meant.
     */
    readonly loadBalancerClass?: string;
    /**
     * Labels of the pods that take the traffic.
     */
    readonly selector?: {
      /**
       * The value.
       */
      readonly [k: string]: string;
    };
  }[];
  /**
   * MetalLB: its programs, its resources, its monitoring.
   */
  readonly metallb: {
    /**
     * Which programs run: upstream's, or Metalwave's own, which read the same resources.
     */
    readonly engine?: 'upstream' | 'native';
    /**
     * Release of MetalLB. Write it in quotes.
     */
    readonly version?: string;
    /**
     * false: MetalLB is there already, and only its resources are managed.
     */
    readonly install?: boolean;
    /**
     * Namespace of MetalLB.
     */
    readonly namespace?: string;
    /**
     * BGP.
     */
    readonly bgp?: {
      /**
       * What speaks BGP. frr-k8s must be there already.
       */
      readonly backend?: 'native' | 'frr' | 'frr-k8s';
    };
    /**
     * Serve only Services of this class. Without it those without a class.
     */
    readonly loadBalancerClass?: string;
    /**
     * When nodes pull the images.
     */
    readonly imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
    /**
     * Secrets in the namespace with which images are pulled.
     *
     * Items: Name of a Secret.
     */
    readonly imagePullSecrets?: readonly string[];
    /**
     * The controller: gives addresses to Services.
     */
    readonly controller?: {
      /**
       * Image of the container. Without it the one that belongs to engine and version.
       */
      readonly image?: string;
      /**
       * How much is logged.
       */
      readonly logLevel?: 'all' | 'debug' | 'info' | 'warn' | 'error' | 'none';
      readonly resources?: Resources;
      /**
       * Labels of the nodes that pods may run on.
       */
      readonly nodeSelector?: {
        /**
         * The value.
         */
        readonly [k: string]: string;
      };
      /**
       * Taints that are tolerated, beside those the product sets.
       */
      readonly tolerations?: readonly Toleration[];
      readonly affinity?: Affinity;
      /**
       * Priority class of the pods.
       */
      readonly priorityClassName?: string;
      /**
       * Replicas of Metalwave's own controller (2 if left out). Upstream's controller runs one.
       */
      readonly replicas?: number;
      /**
       * Keep the addresses of deleted Services for their return (engine native). Without it they are free at once.
       */
      readonly reservation?: {
        /**
         * For how long.
         */
        readonly afterDelete: string;
        /**
         * How many addresses at most; beyond it the oldest are free.
         */
        readonly limit: number;
      };
      /**
       * Run MetalLB's own admission webhook (engine upstream). Off: findings and the rules in the CRDs do its work.
       */
      readonly webhook?: boolean;
    };
    /**
     * The speaker: announces addresses, one pod a node.
     */
    readonly speaker?: {
      /**
       * Image of the container. Without it the one that belongs to engine and version.
       */
      readonly image?: string;
      /**
       * How much is logged.
       */
      readonly logLevel?: 'all' | 'debug' | 'info' | 'warn' | 'error' | 'none';
      readonly resources?: Resources;
      /**
       * Labels of the nodes that pods may run on.
       */
      readonly nodeSelector?: {
        /**
         * The value.
         */
        readonly [k: string]: string;
      };
      /**
       * Taints that are tolerated, beside those the product sets.
       */
      readonly tolerations?: readonly Toleration[];
      readonly affinity?: Affinity;
      /**
       * Priority class of the pods.
       */
      readonly priorityClassName?: string;
      /**
       * FRR beside the speaker; the specification's name for `bgp.backend: frr`.
       */
      readonly frr?: {
        /**
         * true is `bgp.backend: frr`, false is `native`.
         */
        readonly enabled?: boolean;
        /**
         * Image of FRR. Without it the one that belongs to the version.
         */
        readonly image?: string;
      };
      /**
       * Interfaces that are never announced on, as regular expressions. Without it the usual virtual ones.
       *
       * Items: A regular expression.
       */
      readonly excludedInterfaces?: readonly string[];
      /**
       * Announce from nodes labelled node.kubernetes.io/exclude-from-external-load-balancers too.
       */
      readonly ignoreExcludeLabel?: boolean;
      /**
       * How speakers notice that one of them is gone.
       */
      readonly memberlist?: {
        /**
         * Whether they watch each other.
         */
        readonly enabled?: boolean;
        /**
         * Port they use (TCP and UDP).
         */
        readonly port?: number;
      };
      /**
       * FRR configuration appended as it stands (backend frr).
       */
      readonly bgpExtras?: string;
    };
    /**
     * ServiceMonitors and alert rules for a Prometheus Operator. They are applied only where its CRDs are installed.
     */
    readonly monitoring?: {
      /**
       * Whether they are applied. Without it they are where this environment installs MetalLB itself.
       */
      readonly enabled?: boolean;
      /**
       * Namespace of the ServiceMonitors and rules. Without it MetalLB's own.
       */
      readonly namespace?: string;
      /**
       * How often metrics are read and alerts evaluated.
       */
      readonly interval?: string;
      /**
       * Labels by which a Prometheus selects the ServiceMonitors and rules.
       */
      readonly labels?: {
        /**
         * The value.
         */
        readonly [k: string]: string;
      };
      /**
       * Labels on every alert, by which Alertmanager finds the receiver.
       */
      readonly alertLabels?: {
        /**
         * The value.
         */
        readonly [k: string]: string;
      };
      /**
       * From where on alerts fire.
       */
      readonly thresholds?: {
        /**
         * Share of a pool that may be in use before MetalLBIPPoolExhausted fires.
         */
        readonly poolUsage?: number;
      };
    };
    /**
     * Pools of addresses that LoadBalancer Services are given.
     */
    readonly ipAddressPool?: readonly IpAddressPool[];
    /**
     * Announcements by ARP and NDP. With neither this key nor bgpAdvertisement one named `l2-advert` covers all pools; an empty list means none.
     */
    readonly l2Advertisement?: readonly L2Advertisement[];
    /**
     * Routers that addresses are advertised to by BGP.
     */
    readonly bgpPeer?: readonly BgpPeer[];
    /**
     * Announcements by BGP to the peers of bgpPeer.
     */
    readonly bgpAdvertisement?: readonly BgpAdvertisement[];
    /**
     * BFD timers that peers of bgpPeer refer to by name (backends frr and frr-k8s).
     */
    readonly bfdProfile?: readonly BfdProfile[];
    /**
     * Names for BGP communities, which advertisements may use in place of the numbers.
     */
    readonly community?: readonly Community[];
  };
};
/**
 * CPU and memory of a container: requests are set aside for it, limits are the most it may use.
 */
export type Resources = {
  readonly requests?: Quantities;
  readonly limits?: Quantities;
};
/**
 * Amounts by resource.
 */
export type Quantities = {
  /**
   * An amount, such as `100m` of a CPU or `128Mi` of memory.
   */
  readonly [k: string]: string | number;
};
/**
 * A taint that is tolerated.
 */
export type Toleration = {
  /**
   * Key of the taint; without it all keys match, with operator Exists.
   */
  readonly key?: string;
  /**
   * How the value is compared.
   */
  readonly operator?: 'Exists' | 'Equal';
  /**
   * Value of the taint.
   */
  readonly value?: string;
  /**
   * Effect of the taint; without it all match.
   */
  readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
  /**
   * For NoExecute: how long the pod stays.
   */
  readonly tolerationSeconds?: number;
};
/**
 * Where the pods should or must run, as Kubernetes reads it.
 */
export type Affinity = {
  /**
   * By nodes.
   */
  readonly nodeAffinity?: {
    /**
     * What must hold: any of the terms.
     */
    readonly requiredDuringSchedulingIgnoredDuringExecution?: {
      /**
       * Terms, of which any suffices.
       */
      readonly nodeSelectorTerms: readonly NodeTerm[];
    };
    /**
     * What should hold, by weight.
     *
     * Items: A wish.
     */
    readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly {
      /**
       * How much the wish counts.
       */
      readonly weight: number;
      readonly preference: NodeTerm;
    }[];
  };
  readonly podAffinity?: PodAffinity;
  readonly podAntiAffinity?: PodAffinity;
};
/**
 * Nodes that match all of it.
 */
export type NodeTerm = {
  /**
   * Conditions on labels of the node.
   */
  readonly matchExpressions?: readonly NodeRequirement[];
  /**
   * Conditions on fields of the node; Kubernetes knows metadata.name.
   */
  readonly matchFields?: readonly NodeRequirement[];
};
/**
 * One condition.
 */
export type NodeRequirement = {
  /**
   * What is looked at.
   */
  readonly key: string;
  /**
   * How it is compared.
   */
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';
  /**
   * What it is compared with.
   *
   * Items: A value.
   */
  readonly values?: readonly string[];
};
/**
 * Near which pods (podAffinity), or away from which (podAntiAffinity).
 */
export type PodAffinity = {
  /**
   * What must hold.
   */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodTerm[];
  /**
   * What should hold, by weight.
   *
   * Items: A wish.
   */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly {
    /**
     * How much the wish counts.
     */
    readonly weight: number;
    readonly podAffinityTerm: PodTerm;
  }[];
};
/**
 * Pods, and how near to them is meant.
 */
export type PodTerm = {
  readonly labelSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  /**
   * Namespaces in which the pods are; none means that of the pod itself.
   *
   * Items: A namespace.
   */
  readonly namespaces?: readonly string[];
  /**
   * Labels whose value must equal that of the pod itself.
   *
   * Items: A label key.
   */
  readonly matchLabelKeys?: readonly string[];
  /**
   * Labels whose value must differ from that of the pod itself.
   *
   * Items: A label key.
   */
  readonly mismatchLabelKeys?: readonly string[];
  /**
   * Node label that tells which nodes count as one place.
   */
  readonly topologyKey: string;
};
/**
 * One label selector; its parts must all match.
 */
export type LabelSelector = {
  /**
   * Labels that must all be there, each with exactly this value.
   */
  readonly matchLabels?: {
    /**
     * The value the label must have.
     */
    readonly [k: string]: string;
  };
  /**
   * Conditions on labels; all must hold.
   */
  readonly matchExpressions?: readonly LabelRequirement[];
};
/**
 * One condition on one label.
 */
export type LabelRequirement = {
  /**
   * The label that is looked at.
   */
  readonly key: string;
  /**
   * How label and values are compared.
   */
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  /**
   * What the label is compared with: at least one for In and NotIn, none for Exists and DoesNotExist.
   *
   * Items: One value.
   */
  readonly values?: readonly string[];
};
/**
 * A pool of addresses that LoadBalancer Services are given.
 */
export type IpAddressPool = {
  /**
   * Name of the IPAddressPool in the cluster.
   */
  readonly name: string;
  /**
   * Labels of the IPAddressPool in the cluster, beside those by which Metalwave knows its own objects.
   */
  readonly labels?: {
    /**
     * The value.
     */
    readonly [k: string]: string;
  };
  /**
   * Addresses of the pool, as ranges `first-last` or as prefixes. A single address is written as a /32 or /128 prefix.
   *
   * Items: A range `first-last` or a prefix `address/length`.
   */
  readonly addresses: readonly string[];
  /**
   * Whether Services that ask for no pool and no address may be given one of these.
   */
  readonly autoAssign?: boolean;
  /**
   * Leave out IPv4 addresses ending in .0 or .255, which some old routers drop.
   */
  readonly avoidBuggyIPs?: boolean;
  /**
   * Which Services may take addresses from this pool and in what order pools are tried. With only a priority, releases up to 0.14 use the pool by name alone; later ones offer it to every Service.
   */
  readonly serviceAllocation?: {
    /**
     * Among pools that fit a Service the lowest number above 0 is tried first; 0 comes last.
     */
    readonly priority?: number;
    /**
     * Namespaces whose Services may use the pool.
     *
     * Items: Name of a namespace.
     */
    readonly namespaces?: readonly string[];
    /**
     * Labels of namespaces whose Services may use the pool; any of the selectors suffices.
     */
    readonly namespaceSelectors?: readonly LabelSelector[];
    /**
     * Labels of Services that may use the pool; any of the selectors suffices.
     */
    readonly serviceSelectors?: readonly LabelSelector[];
  };
};
/**
 * Addresses that are announced in the local network by ARP and NDP, each by one node at a time.
 */
export type L2Advertisement = {
  /**
   * Name of the L2Advertisement in the cluster.
   */
  readonly name: string;
  /**
   * Labels of the L2Advertisement in the cluster, beside those by which Metalwave knows its own objects.
   */
  readonly labels?: {
    /**
     * The value.
     */
    readonly [k: string]: string;
  };
  /**
   * Pools that are advertised, by name. With neither names nor selectors every pool is.
   *
   * Items: Name of a pool.
   */
  readonly ipAddressPools?: readonly string[];
  /**
   * Pools that are advertised, by their labels, beside those named.
   */
  readonly ipAddressPoolSelectors?: readonly LabelSelector[];
  /**
   * Nodes that may announce; any of the selectors suffices. Without it all may.
   */
  readonly nodeSelectors?: readonly LabelSelector[];
  /**
   * Nodes that should rather announce than others, by weight. Where none of them can, any permitted node does. From MetalLB 0.16.2 on.
   */
  readonly preferredNodeSelectors?: readonly PreferredNodeSelector[];
  /**
   * Interfaces to announce on, by exact name. Without it all are used.
   *
   * Items: Name of an interface.
   */
  readonly interfaces?: readonly string[];
  /**
   * Advertise only addresses of Services with these labels. Without it those of all Services are. From MetalLB 0.16.0 on.
   */
  readonly serviceSelectors?: readonly LabelSelector[];
};
/**
 * A wish with its weight.
 */
export type PreferredNodeSelector = {
  /**
   * How much the wish counts; the weights of all that match a node are added.
   */
  readonly weight: number;
  readonly preference: LabelSelector;
};
/**
 * A router that addresses are advertised to by BGP.
 */
export type BgpPeer = {
  /**
   * Name of the BGPPeer in the cluster.
   */
  readonly name: string;
  /**
   * Labels of the BGPPeer in the cluster, beside those by which Metalwave knows its own objects.
   */
  readonly labels?: {
    /**
     * The value.
     */
    readonly [k: string]: string;
  };
  /**
   * AS number of this side. RFC 6996 sets 64512 to 65534 and 4200000000 to 4294967294 aside for private use.
   */
  readonly myASN: number;
  /**
   * AS number that this peer is shown in place of myASN (backends frr and frr-k8s). From MetalLB 0.16.0 on.
   */
  readonly localASN?: number;
  /**
   * AS number of the peer. Exactly one of peerASN and dynamicASN is needed.
   */
  readonly peerASN?: number;
  /**
   * Accept whatever AS number the peer has: `internal` the same as ours, `external` another one.
   */
  readonly dynamicASN?: 'internal' | 'external';
  /**
   * Address of the peer. Exactly one of peerAddress and interface is needed.
   */
  readonly peerAddress?: string;
  /**
   * Interface whose neighbour is the peer, for sessions without addresses (unnumbered BGP). From MetalLB 0.15.0 on.
   */
  readonly interface?: string;
  /**
   * Own address from which the session is opened.
   */
  readonly sourceAddress?: string;
  /**
   * TCP port of the peer. The upper bound is MetalLB's.
   */
  readonly peerPort?: number;
  /**
   * After how long without a message the session counts as down: 0 or at least 3s.
   */
  readonly holdTime?: string;
  /**
   * How often a sign of life is sent; at most the hold time.
   */
  readonly keepaliveTime?: string;
  /**
   * How long to wait between attempts to connect, in whole seconds of 1s to 65535s.
   */
  readonly connectTime?: string;
  /**
   * BGP identifier that is announced; without it one is derived from the node.
   */
  readonly routerID?: string;
  /**
   * Nodes that open a session to the peer; any of the selectors suffices. Without it all do.
   */
  readonly nodeSelectors?: readonly LabelSelector[];
  /**
   * TCP MD5 password in clear text. Use passwordSecret instead: this file is kept in Git.
   */
  readonly password?: string;
  readonly passwordSecret?: SecretReference;
  /**
   * Name of the BFDProfile that watches the path to the peer (backends frr and frr-k8s).
   */
  readonly bfdProfile?: string;
  /**
   * Keep routes while the session restarts (RFC 4724). It cannot be changed on an existing peer.
   */
  readonly enableGracefulRestart?: boolean;
  /**
   * The peer of another AS is more than one hop away.
   */
  readonly ebgpMultiHop?: boolean;
  /**
   * Name of the VRF in which the session is opened (backends frr and frr-k8s).
   */
  readonly vrf?: string;
  /**
   * Deprecated: carry only the address family of the session itself.
   */
  readonly disableMP?: boolean;
  /**
   * Carry both address families in one session (backends frr and frr-k8s). From MetalLB 0.15.0 on.
   */
  readonly dualStackAddressFamily?: boolean;
};
/**
 * Secret of type kubernetes.io/basic-auth in MetalLB's namespace, whose key `password` is the TCP MD5 password.
 */
export type SecretReference = {
  /**
   * Name of the Secret.
   */
  readonly name: string;
  /**
   * Namespace of the Secret.
   */
  readonly namespace?: string;
};
/**
 * Addresses that are advertised to routers by BGP.
 */
export type BgpAdvertisement = {
  /**
   * Name of the BGPAdvertisement in the cluster.
   */
  readonly name: string;
  /**
   * Labels of the BGPAdvertisement in the cluster, beside those by which Metalwave knows its own objects.
   */
  readonly labels?: {
    /**
     * The value.
     */
    readonly [k: string]: string;
  };
  /**
   * Prefix length to which IPv4 addresses are summarised before they are advertised.
   */
  readonly aggregationLength?: number;
  /**
   * Prefix length to which IPv6 addresses are summarised before they are advertised.
   */
  readonly aggregationLengthV6?: number;
  /**
   * How many times the own AS number is put in front of the path, to make the route look longer (frr-k8s only). From MetalLB 0.16.2 on.
   */
  readonly asPathPrepend?: number;
  /**
   * LOCAL_PREF sent to peers of the same AS; the highest wins. 0 and absent mean none is sent.
   */
  readonly localPref?: number;
  /**
   * BGP communities on the routes: `number:number`, `large:number:number:number`, or an alias of a Community.
   *
   * Items: A community or the alias of one.
   */
  readonly communities?: readonly string[];
  /**
   * Pools that are advertised, by name. With neither names nor selectors every pool is.
   *
   * Items: Name of a pool.
   */
  readonly ipAddressPools?: readonly string[];
  /**
   * Pools that are advertised, by their labels, beside those named.
   */
  readonly ipAddressPoolSelectors?: readonly LabelSelector[];
  /**
   * Nodes that advertise themselves as next hop; any of the selectors suffices. Without it all do.
   */
  readonly nodeSelectors?: readonly LabelSelector[];
  /**
   * Peers that are told, by the name of their BGPPeer. Without it all are.
   *
   * Items: Name of a BGPPeer.
   */
  readonly peers?: readonly string[];
  /**
   * Advertise only addresses of Services with these labels. Without it those of all Services are. From MetalLB 0.16.0 on.
   */
  readonly serviceSelectors?: readonly LabelSelector[];
};
/**
 * Timers by which a failed path to a BGP peer is noticed within a second (BFD).
 */
export type BfdProfile = {
  /**
   * Name of the BFDProfile in the cluster.
   */
  readonly name: string;
  /**
   * Labels of the BFDProfile in the cluster, beside those by which Metalwave knows its own objects.
   */
  readonly labels?: {
    /**
     * The value.
     */
    readonly [k: string]: string;
  };
  /**
   * Shortest interval at which control packets can be received (300 if left out), in milliseconds.
   */
  readonly receiveInterval?: number;
  /**
   * Interval at which control packets are sent (300 if left out), in milliseconds.
   */
  readonly transmitInterval?: number;
  /**
   * How many packets in a row must be missing before the path counts as down (3 if left out).
   */
  readonly detectMultiplier?: number;
  /**
   * Shortest interval at which echo packets can be handled (50 if left out), in milliseconds.
   */
  readonly echoInterval?: number;
  /**
   * Send echo packets, which the peer loops back. Not for IPv6 and not over several hops.
   */
  readonly echoMode?: boolean;
  /**
   * Wait for the peer to begin instead of beginning oneself.
   */
  readonly passiveMode?: boolean;
  /**
   * For sessions over several hops: packets that arrive with a smaller TTL are dropped.
   */
  readonly minimumTtl?: number;
};
/**
 * Names for BGP communities, which advertisements may use in place of the numbers.
 */
export type Community = {
  /**
   * Name of the Community in the cluster.
   */
  readonly name: string;
  /**
   * Labels of the Community in the cluster, beside those by which Metalwave knows its own objects.
   */
  readonly labels?: {
    /**
     * The value.
     */
    readonly [k: string]: string;
  };
  /**
   * Aliases and what they stand for.
   */
  readonly communities?: readonly CommunityAlias[];
};
/**
 * One alias.
 */
export type CommunityAlias = {
  /**
   * The alias.
   */
  readonly name: string;
  /**
   * The community: `a:b` with two 16-bit numbers, or `large:a:b:c` with three 32-bit numbers (RFC 8092).
   */
  readonly value: string;
};
