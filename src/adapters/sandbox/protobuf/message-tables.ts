/**
 * Messages of the built-in kinds that clients send as protobuf (Kubernetes 1.35), one a line: its name and fields, each
 * `NUMBER name:type`. Types are s text (unless given), i integer, b boolean, d double, B bytes, t time, m time with
 * microseconds, q quantity, I integer or text, R JSON as bytes, E a list in a message; `Name` another line; `[type]` repeated,
 * `{type}` a map from text. `*`: null unless sent, so that a zero counts; `!`: written even where it is zero; `^`: the fields of
 * that message stand in this one.
 */
export const messageTables = `
AWSElasticBlockStoreVolumeSource 1volumeID! 2fsType 3partition:i 4readOnly:b
Affinity 1nodeAffinity:NodeAffinity* 2podAffinity:PodAffinity* 3podAntiAffinity:PodAntiAffinity*
AggregationRule 1clusterRoleSelectors:[LabelSelector]
AppArmorProfile 1type! 2localhostProfile:s*
AttachedVolume 1name! 2devicePath!
AuditAnnotation 1key! 2valueExpression!
AzureDiskVolumeSource 1diskName! 2diskURI! 3cachingMode:s* 4fsType:s* 5readOnly:b* 6kind:s*
AzureFileVolumeSource 1secretName! 2shareName! 3readOnly:b
BoundObjectReference 1kind 2apiVersion 3name 4uid
CSIVolumeSource 1driver! 2readOnly:b* 3fsType:s* 4volumeAttributes:{s} 5nodePublishSecretRef:LocalObjectReference*
Capabilities 1add:[s] 2drop:[s]
CephFSVolumeSource 1monitors:[s]! 2path 3user 4secretFile 5secretRef:LocalObjectReference* 6readOnly:b
CinderVolumeSource 1volumeID! 2fsType 3readOnly:b 4secretRef:LocalObjectReference*
ClientIPConfig 1timeoutSeconds:i*
ClusterRole 1metadata:ObjectMeta 2rules:[PolicyRule]! 3aggregationRule:AggregationRule*
ClusterRoleBinding 1metadata:ObjectMeta 2subjects:[Subject] 3roleRef:RoleRef!
ClusterTrustBundleProjection 1name:s* 2signerName:s* 3labelSelector:LabelSelector* 5optional:b* 4path!
Condition 1type! 2status! 3observedGeneration:i 4lastTransitionTime:t! 5reason! 6message!
ConfigMap 1metadata:ObjectMeta 4immutable:b* 2data:{s} 3binaryData:{B}
ConfigMapEnvSource 1^LocalObjectReference 2optional:b*
ConfigMapKeySelector 1^LocalObjectReference 2key! 3optional:b*
ConfigMapNodeConfigSource 1namespace! 2name! 3uid 4resourceVersion 5kubeletConfigKey!
ConfigMapProjection 1^LocalObjectReference 2items:[KeyToPath] 4optional:b*
ConfigMapVolumeSource 1^LocalObjectReference 2items:[KeyToPath] 3defaultMode:i* 4optional:b*
Container 1name! 2image 3command:[s] 4args:[s] 5workingDir 6ports:[ContainerPort] 19envFrom:[EnvFromSource] 7env:[EnvVar] 8resources:ResourceRequirements 23resizePolicy:[ContainerResizePolicy] 24restartPolicy:s* 25restartPolicyRules:[ContainerRestartRule] 9volumeMounts:[VolumeMount] 21volumeDevices:[VolumeDevice] 10livenessProbe:Probe* 11readinessProbe:Probe* 22startupProbe:Probe* 12lifecycle:Lifecycle* 13terminationMessagePath 20terminationMessagePolicy 14imagePullPolicy 15securityContext:SecurityContext* 16stdin:b 17stdinOnce:b 18tty:b
ContainerExtendedResourceRequest 1containerName! 2resourceName! 3requestName!
ContainerImage 1names:[s]! 2sizeBytes:i
ContainerPort 1name 2hostPort:i 3containerPort:i! 4protocol 5hostIP
ContainerResizePolicy 1resourceName! 2restartPolicy!
ContainerRestartRule 1action 2exitCodes:ContainerRestartRuleOnExitCodes*
ContainerRestartRuleOnExitCodes 1operator 2values:[i]
ContainerState 1waiting:ContainerStateWaiting* 2running:ContainerStateRunning* 3terminated:ContainerStateTerminated*
ContainerStateRunning 1startedAt:t
ContainerStateTerminated 1exitCode:i! 2signal:i 3reason 4message 5startedAt:t 6finishedAt:t 7containerID
ContainerStateWaiting 1reason 2message
ContainerStatus 1name! 2state:ContainerState 3lastState:ContainerState 4ready:b! 5restartCount:i! 6image! 7imageID! 8containerID 9started:b* 10allocatedResources:{q} 11resources:ResourceRequirements* 12volumeMounts:[VolumeMountStatus] 13user:ContainerUser* 14allocatedResourcesStatus:[ResourceStatus] 15stopSignal:s*
ContainerUser 1linux:LinuxContainerUser*
DaemonEndpoint 1Port:i!
DaemonSet 1metadata:ObjectMeta 2spec:DaemonSetSpec 3status:DaemonSetStatus
DaemonSetCondition 1type! 2status! 3lastTransitionTime:t 4reason 5message
DaemonSetSpec 1selector:LabelSelector*! 2template:PodTemplateSpec! 3updateStrategy:DaemonSetUpdateStrategy 4minReadySeconds:i 6revisionHistoryLimit:i*
DaemonSetStatus 1currentNumberScheduled:i! 2numberMisscheduled:i! 3desiredNumberScheduled:i! 4numberReady:i! 5observedGeneration:i 6updatedNumberScheduled:i 7numberAvailable:i 8numberUnavailable:i 9collisionCount:i* 10conditions:[DaemonSetCondition]
DaemonSetUpdateStrategy 1type 2rollingUpdate:RollingUpdateDaemonSet*
DeleteOptions 1gracePeriodSeconds:i* 2preconditions:Preconditions* 3orphanDependents:b* 4propagationPolicy:s* 5dryRun:[s] 6ignoreStoreReadErrorWithClusterBreakingPotential:b*
Deployment 1metadata:ObjectMeta 2spec:DeploymentSpec 3status:DeploymentStatus
DeploymentCondition 1type! 2status! 6lastUpdateTime:t 7lastTransitionTime:t 4reason 5message
DeploymentSpec 1replicas:i* 2selector:LabelSelector*! 3template:PodTemplateSpec! 4strategy:DeploymentStrategy 5minReadySeconds:i 6revisionHistoryLimit:i* 7paused:b 9progressDeadlineSeconds:i*
DeploymentStatus 1observedGeneration:i 2replicas:i 3updatedReplicas:i 7readyReplicas:i 4availableReplicas:i 5unavailableReplicas:i 9terminatingReplicas:i* 6conditions:[DeploymentCondition] 8collisionCount:i*
DeploymentStrategy 1type 2rollingUpdate:RollingUpdateDeployment*
DownwardAPIProjection 1items:[DownwardAPIVolumeFile]
DownwardAPIVolumeFile 1path! 2fieldRef:ObjectFieldSelector* 3resourceFieldRef:ResourceFieldSelector* 4mode:i*
DownwardAPIVolumeSource 1items:[DownwardAPIVolumeFile] 2defaultMode:i*
EmptyDirVolumeSource 1medium 2sizeLimit:q*
Endpoint 1addresses:[s]! 2conditions:EndpointConditions 3hostname:s* 4targetRef:ObjectReference* 5deprecatedTopology:{s} 6nodeName:s* 7zone:s* 8hints:EndpointHints*
EndpointConditions 1ready:b* 2serving:b* 3terminating:b*
EndpointHints 1forZones:[ForZone] 2forNodes:[ForNode]
EndpointPort 1name:s* 2protocol:s* 3port:i* 4appProtocol:s*
EndpointSlice 1metadata:ObjectMeta 4addressType! 2endpoints:[Endpoint]! 3ports:[EndpointPort]!
EnvFromSource 1prefix 2configMapRef:ConfigMapEnvSource* 3secretRef:SecretEnvSource*
EnvVar 1name! 2value 3valueFrom:EnvVarSource*
EnvVarSource 1fieldRef:ObjectFieldSelector* 2resourceFieldRef:ResourceFieldSelector* 3configMapKeyRef:ConfigMapKeySelector* 4secretKeyRef:SecretKeySelector* 5fileKeyRef:FileKeySelector*
EphemeralContainer 1^EphemeralContainerCommon 2targetContainerName
EphemeralContainerCommon 1name! 2image 3command:[s] 4args:[s] 5workingDir 6ports:[ContainerPort] 19envFrom:[EnvFromSource] 7env:[EnvVar] 8resources:ResourceRequirements 23resizePolicy:[ContainerResizePolicy] 24restartPolicy:s* 25restartPolicyRules:[ContainerRestartRule] 9volumeMounts:[VolumeMount] 21volumeDevices:[VolumeDevice] 10livenessProbe:Probe* 11readinessProbe:Probe* 22startupProbe:Probe* 12lifecycle:Lifecycle* 13terminationMessagePath 20terminationMessagePolicy 14imagePullPolicy 15securityContext:SecurityContext* 16stdin:b 17stdinOnce:b 18tty:b
EphemeralVolumeSource 1volumeClaimTemplate:PersistentVolumeClaimTemplate*
Event 1metadata:ObjectMeta! 2involvedObject:ObjectReference! 3reason 4message 5source:EventSource 6firstTimestamp:t 7lastTimestamp:t 8count:i 9type 10eventTime:m 11series:EventSeries* 12action 13related:ObjectReference* 14reportingComponent! 15reportingInstance!
EventSeries 1count:i 2lastObservedTime:m
EventSource 1component 2host
Eviction 1metadata:ObjectMeta 2deleteOptions:DeleteOptions*
ExecAction 1command:[s]
ExpressionWarning 2fieldRef! 3warning!
FCVolumeSource 1targetWWNs:[s] 2lun:i* 3fsType 4readOnly:b 5wwids:[s]
FieldSelectorAttributes 1rawSelector 2requirements:[FieldSelectorRequirement]
FieldSelectorRequirement 1key! 2operator! 3values:[s]
FileKeySelector 1volumeName! 2path! 3key! 4optional:b*
FlexVolumeSource 1driver! 2fsType 3secretRef:LocalObjectReference* 4readOnly:b 5options:{s}
FlockerVolumeSource 1datasetName 2datasetUUID
ForNode 1name!
ForZone 1name!
GCEPersistentDiskVolumeSource 1pdName! 2fsType 3partition:i 4readOnly:b
GRPCAction 1port:i! 2service:s*!
GitRepoVolumeSource 1repository! 2revision 3directory
GlusterfsVolumeSource 1endpoints! 2path! 3readOnly:b
HTTPGetAction 1path 2port:I! 3host 4scheme 5httpHeaders:[HTTPHeader]
HTTPHeader 1name! 2value!
HostAlias 1ip! 2hostnames:[s]
HostIP 1ip!
HostPathVolumeSource 1path! 2type:s*
ISCSIVolumeSource 1targetPortal! 2iqn! 3lun:i! 4iscsiInterface 5fsType 6readOnly:b 7portals:[s] 8chapAuthDiscovery:b 11chapAuthSession:b 10secretRef:LocalObjectReference* 12initiatorName:s*
ImageVolumeSource 1reference 2pullPolicy
KeyToPath 1key! 2path! 3mode:i*
LabelSelector 1matchLabels:{s} 2matchExpressions:[LabelSelectorRequirement]
LabelSelectorAttributes 1rawSelector 2requirements:[LabelSelectorRequirement]
LabelSelectorRequirement 1key! 2operator! 3values:[s]
Lease 1metadata:ObjectMeta 2spec:LeaseSpec
LeaseSpec 1holderIdentity:s* 2leaseDurationSeconds:i* 3acquireTime:m* 4renewTime:m* 5leaseTransitions:i* 6strategy:s* 7preferredHolder:s*
Lifecycle 1postStart:LifecycleHandler* 2preStop:LifecycleHandler* 3stopSignal:s*
LifecycleHandler 1exec:ExecAction* 2httpGet:HTTPGetAction* 3tcpSocket:TCPSocketAction* 4sleep:SleepAction*
LinuxContainerUser 1uid:i! 2gid:i! 3supplementalGroups:[i]
LoadBalancerIngress 1ip 2hostname 3ipMode:s* 4ports:[PortStatus]
LoadBalancerStatus 1ingress:[LoadBalancerIngress]
LocalObjectReference 1name
LocalSubjectAccessReview 1metadata:ObjectMeta 2spec:SubjectAccessReviewSpec! 3status:SubjectAccessReviewStatus
ManagedFieldsEntry 1manager 2operation 3apiVersion 4time:t* 6fieldsType 7fieldsV1:R* 8subresource
MatchCondition 1name! 2expression!
MatchResources 1namespaceSelector:LabelSelector* 2objectSelector:LabelSelector* 3resourceRules:[NamedRuleWithOperations] 4excludeResourceRules:[NamedRuleWithOperations] 7matchPolicy:s*
NFSVolumeSource 1server! 2path! 3readOnly:b
NamedRuleWithOperations 1resourceNames:[s] 2^RuleWithOperations
Namespace 1metadata:ObjectMeta 2spec:NamespaceSpec 3status:NamespaceStatus
NamespaceCondition 1type! 2status! 4lastTransitionTime:t 5reason 6message
NamespaceSpec 1finalizers:[s]
NamespaceStatus 1phase 2conditions:[NamespaceCondition]
Node 1metadata:ObjectMeta 2spec:NodeSpec 3status:NodeStatus
NodeAddress 1type! 2address!
NodeAffinity 1requiredDuringSchedulingIgnoredDuringExecution:NodeSelector* 2preferredDuringSchedulingIgnoredDuringExecution:[PreferredSchedulingTerm]
NodeCondition 1type! 2status! 3lastHeartbeatTime:t 4lastTransitionTime:t 5reason 6message
NodeConfigSource 2configMap:ConfigMapNodeConfigSource*
NodeConfigStatus 1assigned:NodeConfigSource* 2active:NodeConfigSource* 3lastKnownGood:NodeConfigSource* 4error
NodeDaemonEndpoints 1kubeletEndpoint:DaemonEndpoint
NodeFeatures 1supplementalGroupsPolicy:b*
NodeRuntimeHandler 1name! 2features:NodeRuntimeHandlerFeatures*
NodeRuntimeHandlerFeatures 1recursiveReadOnlyMounts:b* 2userNamespaces:b*
NodeSelector 1nodeSelectorTerms:[NodeSelectorTerm]!
NodeSelectorRequirement 1key! 2operator! 3values:[s]
NodeSelectorTerm 1matchExpressions:[NodeSelectorRequirement] 2matchFields:[NodeSelectorRequirement]
NodeSpec 1podCIDR 7podCIDRs:[s] 3providerID 4unschedulable:b 5taints:[Taint] 6configSource:NodeConfigSource* 2externalID
NodeStatus 1capacity:{q} 2allocatable:{q} 3phase 4conditions:[NodeCondition] 5addresses:[NodeAddress] 6daemonEndpoints:NodeDaemonEndpoints 7nodeInfo:NodeSystemInfo 8images:[ContainerImage] 9volumesInUse:[s] 10volumesAttached:[AttachedVolume] 11config:NodeConfigStatus* 12runtimeHandlers:[NodeRuntimeHandler] 13features:NodeFeatures* 14declaredFeatures:[s]
NodeSwapStatus 1capacity:i*
NodeSystemInfo 1machineID! 2systemUUID! 3bootID! 4kernelVersion! 5osImage! 6containerRuntimeVersion! 7kubeletVersion! 8kubeProxyVersion! 9operatingSystem! 10architecture! 11swap:NodeSwapStatus*
NonResourceAttributes 1path 2verb
NonResourceRule 1verbs:[s]! 2nonResourceURLs:[s]
ObjectFieldSelector 1apiVersion 2fieldPath!
ObjectMeta 1name 2generateName 3namespace 4selfLink 5uid 6resourceVersion 7generation:i 8creationTimestamp:t 9deletionTimestamp:t* 10deletionGracePeriodSeconds:i* 11labels:{s} 12annotations:{s} 13ownerReferences:[OwnerReference] 14finalizers:[s] 17managedFields:[ManagedFieldsEntry]
ObjectReference 1kind 2namespace 3name 4uid 5apiVersion 6resourceVersion 7fieldPath
OwnerReference 5apiVersion! 1kind! 3name! 4uid! 6controller:b* 7blockOwnerDeletion:b*
ParamKind 1apiVersion 2kind
ParamRef 1name 2namespace 3selector:LabelSelector* 4parameterNotFoundAction:s*
PersistentVolumeClaimSpec 1accessModes:[s] 4selector:LabelSelector* 2resources:VolumeResourceRequirements 3volumeName 5storageClassName:s* 6volumeMode:s* 7dataSource:TypedLocalObjectReference* 8dataSourceRef:TypedObjectReference* 9volumeAttributesClassName:s*
PersistentVolumeClaimTemplate 1metadata:ObjectMeta 2spec:PersistentVolumeClaimSpec!
PersistentVolumeClaimVolumeSource 1claimName! 2readOnly:b
PhotonPersistentDiskVolumeSource 1pdID! 2fsType
Pod 1metadata:ObjectMeta 2spec:PodSpec 3status:PodStatus
PodAffinity 1requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm] 2preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm]
PodAffinityTerm 1labelSelector:LabelSelector* 2namespaces:[s] 3topologyKey! 4namespaceSelector:LabelSelector* 5matchLabelKeys:[s] 6mismatchLabelKeys:[s]
PodAntiAffinity 1requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm] 2preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm]
PodCertificateProjection 1signerName 2keyType 3maxExpirationSeconds:i* 4credentialBundlePath 5keyPath 6certificateChainPath 7userAnnotations:{s}
PodCondition 1type! 7observedGeneration:i 2status! 3lastProbeTime:t 4lastTransitionTime:t 5reason 6message
PodDNSConfig 1nameservers:[s] 2searches:[s] 3options:[PodDNSConfigOption]
PodDNSConfigOption 1name 2value:s*
PodDisruptionBudget 1metadata:ObjectMeta 2spec:PodDisruptionBudgetSpec 3status:PodDisruptionBudgetStatus
PodDisruptionBudgetSpec 1minAvailable:I* 2selector:LabelSelector* 3maxUnavailable:I* 4unhealthyPodEvictionPolicy:s*
PodDisruptionBudgetStatus 1observedGeneration:i 2disruptedPods:{t} 3disruptionsAllowed:i! 4currentHealthy:i! 5desiredHealthy:i! 6expectedPods:i! 7conditions:[Condition]
PodExtendedResourceClaimStatus 1requestMappings:[ContainerExtendedResourceRequest]! 2resourceClaimName!
PodIP 1ip!
PodOS 1name!
PodReadinessGate 1conditionType!
PodResourceClaim 1name! 3resourceClaimName:s* 4resourceClaimTemplateName:s*
PodResourceClaimStatus 1name! 2resourceClaimName:s*
PodSchedulingGate 1name!
PodSecurityContext 1seLinuxOptions:SELinuxOptions* 8windowsOptions:WindowsSecurityContextOptions* 2runAsUser:i* 6runAsGroup:i* 3runAsNonRoot:b* 4supplementalGroups:[i] 12supplementalGroupsPolicy:s* 5fsGroup:i* 7sysctls:[Sysctl] 9fsGroupChangePolicy:s* 10seccompProfile:SeccompProfile* 11appArmorProfile:AppArmorProfile* 13seLinuxChangePolicy:s*
PodSpec 1volumes:[Volume] 20initContainers:[Container] 2containers:[Container]! 34ephemeralContainers:[EphemeralContainer] 3restartPolicy 4terminationGracePeriodSeconds:i* 5activeDeadlineSeconds:i* 6dnsPolicy 7nodeSelector:{s} 8serviceAccountName 9serviceAccount 21automountServiceAccountToken:b* 10nodeName 11hostNetwork:b 12hostPID:b 13hostIPC:b 27shareProcessNamespace:b* 14securityContext:PodSecurityContext* 15imagePullSecrets:[LocalObjectReference] 16hostname 17subdomain 18affinity:Affinity* 19schedulerName 22tolerations:[Toleration] 23hostAliases:[HostAlias] 24priorityClassName 25priority:i* 26dnsConfig:PodDNSConfig* 28readinessGates:[PodReadinessGate] 29runtimeClassName:s* 30enableServiceLinks:b* 31preemptionPolicy:s* 32overhead:{q} 33topologySpreadConstraints:[TopologySpreadConstraint] 35setHostnameAsFQDN:b* 36os:PodOS* 37hostUsers:b* 38schedulingGates:[PodSchedulingGate] 39resourceClaims:[PodResourceClaim] 40resources:ResourceRequirements* 41hostnameOverride:s* 42workloadRef:WorkloadReference*
PodStatus 17observedGeneration:i 1phase 2conditions:[PodCondition] 3message 4reason 11nominatedNodeName 5hostIP 16hostIPs:[HostIP] 6podIP 12podIPs:[PodIP] 7startTime:t* 10initContainerStatuses:[ContainerStatus] 8containerStatuses:[ContainerStatus] 9qosClass 13ephemeralContainerStatuses:[ContainerStatus] 14resize 15resourceClaimStatuses:[PodResourceClaimStatus] 18extendedResourceClaimStatus:PodExtendedResourceClaimStatus* 19allocatedResources:{q} 20resources:ResourceRequirements*
PodTemplateSpec 1metadata:ObjectMeta 2spec:PodSpec
PolicyRule 1verbs:[s]! 2apiGroups:[s] 3resources:[s] 4resourceNames:[s] 5nonResourceURLs:[s]
PortStatus 1port:i! 2protocol! 3error:s*
PortworxVolumeSource 1volumeID! 2fsType 3readOnly:b
Preconditions 1uid:s* 2resourceVersion:s*
PreferredSchedulingTerm 1weight:i! 2preference:NodeSelectorTerm!
Probe 1^ProbeHandler 2initialDelaySeconds:i 3timeoutSeconds:i 4periodSeconds:i 5successThreshold:i 6failureThreshold:i 7terminationGracePeriodSeconds:i*
ProbeHandler 1exec:ExecAction* 2httpGet:HTTPGetAction* 3tcpSocket:TCPSocketAction* 4grpc:GRPCAction*
ProjectedVolumeSource 1sources:[VolumeProjection]! 2defaultMode:i*
QuobyteVolumeSource 1registry! 2volume! 3readOnly:b 4user 5group 6tenant
RBDVolumeSource 1monitors:[s]! 2image! 3fsType 4pool 5user 6keyring 7secretRef:LocalObjectReference* 8readOnly:b
ReplicaSet 1metadata:ObjectMeta 2spec:ReplicaSetSpec 3status:ReplicaSetStatus
ReplicaSetCondition 1type! 2status! 3lastTransitionTime:t 4reason 5message
ReplicaSetSpec 1replicas:i* 4minReadySeconds:i 2selector:LabelSelector*! 3template:PodTemplateSpec
ReplicaSetStatus 1replicas:i! 2fullyLabeledReplicas:i 4readyReplicas:i 5availableReplicas:i 7terminatingReplicas:i* 3observedGeneration:i 6conditions:[ReplicaSetCondition]
ResourceAttributes 1namespace 2verb 3group 4version 5resource 6subresource 7name 8fieldSelector:FieldSelectorAttributes* 9labelSelector:LabelSelectorAttributes*
ResourceClaim 1name! 2request
ResourceFieldSelector 1containerName 2resource! 3divisor:q
ResourceHealth 1resourceID! 2health
ResourceRequirements 1limits:{q} 2requests:{q} 3claims:[ResourceClaim]
ResourceRule 1verbs:[s]! 2apiGroups:[s] 3resources:[s] 4resourceNames:[s]
ResourceStatus 1name! 2resources:[ResourceHealth]
Role 1metadata:ObjectMeta 2rules:[PolicyRule]!
RoleBinding 1metadata:ObjectMeta 2subjects:[Subject] 3roleRef:RoleRef!
RoleRef 1apiGroup! 2kind! 3name!
RollingUpdateDaemonSet 1maxUnavailable:I* 2maxSurge:I*
RollingUpdateDeployment 1maxUnavailable:I* 2maxSurge:I*
Rule 1apiGroups:[s] 2apiVersions:[s] 3resources:[s] 4scope:s*
RuleWithOperations 1operations:[s] 2^Rule
SELinuxOptions 1user 2role 3type 4level
Scale 1metadata:ObjectMeta 2spec:ScaleSpec 3status:ScaleStatus
ScaleIOVolumeSource 1gateway! 2system! 3secretRef:LocalObjectReference*! 4sslEnabled:b 5protectionDomain 6storagePool 7storageMode 8volumeName 9fsType 10readOnly:b
ScaleSpec 1replicas:i
ScaleStatus 1replicas:i! 2selector
SeccompProfile 1type! 2localhostProfile:s*
Secret 1metadata:ObjectMeta 5immutable:b* 2data:{B} 4stringData:{s} 3type
SecretEnvSource 1^LocalObjectReference 2optional:b*
SecretKeySelector 1^LocalObjectReference 2key! 3optional:b*
SecretProjection 1^LocalObjectReference 2items:[KeyToPath] 4optional:b*
SecretVolumeSource 1secretName 2items:[KeyToPath] 3defaultMode:i* 4optional:b*
SecurityContext 1capabilities:Capabilities* 2privileged:b* 3seLinuxOptions:SELinuxOptions* 10windowsOptions:WindowsSecurityContextOptions* 4runAsUser:i* 8runAsGroup:i* 5runAsNonRoot:b* 6readOnlyRootFilesystem:b* 7allowPrivilegeEscalation:b* 9procMount:s* 11seccompProfile:SeccompProfile* 12appArmorProfile:AppArmorProfile*
SelfSubjectAccessReview 1metadata:ObjectMeta 2spec:SelfSubjectAccessReviewSpec! 3status:SubjectAccessReviewStatus
SelfSubjectAccessReviewSpec 1resourceAttributes:ResourceAttributes* 2nonResourceAttributes:NonResourceAttributes*
SelfSubjectReview 1metadata:ObjectMeta 2status:SelfSubjectReviewStatus
SelfSubjectReviewStatus 1userInfo:UserInfo
SelfSubjectRulesReview 1metadata:ObjectMeta 2spec:SelfSubjectRulesReviewSpec! 3status:SubjectRulesReviewStatus
SelfSubjectRulesReviewSpec 1namespace
Service 1metadata:ObjectMeta 2spec:ServiceSpec 3status:ServiceStatus
ServiceAccount 1metadata:ObjectMeta 2secrets:[ObjectReference] 3imagePullSecrets:[LocalObjectReference] 4automountServiceAccountToken:b*
ServiceAccountTokenProjection 1audience 2expirationSeconds:i* 3path!
ServicePort 1name 2protocol 6appProtocol:s* 3port:i! 4targetPort:I 5nodePort:i
ServiceReference 1namespace! 2name! 3path:s* 4port:i*
ServiceSpec 1ports:[ServicePort] 2selector:{s} 3clusterIP 18clusterIPs:[s] 4type 5externalIPs:[s] 7sessionAffinity 8loadBalancerIP 9loadBalancerSourceRanges:[s] 10externalName 11externalTrafficPolicy 12healthCheckNodePort:i 13publishNotReadyAddresses:b 14sessionAffinityConfig:SessionAffinityConfig* 19ipFamilies:[s] 17ipFamilyPolicy:s* 20allocateLoadBalancerNodePorts:b* 21loadBalancerClass:s* 22internalTrafficPolicy:s* 23trafficDistribution:s*
ServiceStatus 1loadBalancer:LoadBalancerStatus 2conditions:[Condition]
SessionAffinityConfig 1clientIP:ClientIPConfig*
SleepAction 1seconds:i!
StorageOSVolumeSource 1volumeName 2volumeNamespace 3fsType 4readOnly:b 5secretRef:LocalObjectReference*
Subject 1kind! 2apiGroup 3name! 4namespace
SubjectAccessReview 1metadata:ObjectMeta 2spec:SubjectAccessReviewSpec! 3status:SubjectAccessReviewStatus
SubjectAccessReviewSpec 1resourceAttributes:ResourceAttributes* 2nonResourceAttributes:NonResourceAttributes* 3user 4groups:[s] 5extra:{E} 6uid
SubjectAccessReviewStatus 1allowed:b! 4denied:b 2reason 3evaluationError
SubjectRulesReviewStatus 1resourceRules:[ResourceRule]! 2nonResourceRules:[NonResourceRule]! 3incomplete:b! 4evaluationError
Sysctl 1name! 2value!
TCPSocketAction 1port:I! 2host
Taint 1key! 2value 3effect! 4timeAdded:t*
TokenRequest 1metadata:ObjectMeta 2spec:TokenRequestSpec! 3status:TokenRequestStatus
TokenRequestSpec 1audiences:[s]! 4expirationSeconds:i*! 3boundObjectRef:BoundObjectReference*!
TokenRequestStatus 1token! 2expirationTimestamp:t!
TokenReview 1metadata:ObjectMeta 2spec:TokenReviewSpec! 3status:TokenReviewStatus
TokenReviewSpec 1token 2audiences:[s]
TokenReviewStatus 1authenticated:b 2user:UserInfo 4audiences:[s] 3error
Toleration 1key 2operator 3value 4effect 5tolerationSeconds:i*
TopologySpreadConstraint 1maxSkew:i! 2topologyKey! 3whenUnsatisfiable! 4labelSelector:LabelSelector* 5minDomains:i* 6nodeAffinityPolicy:s* 7nodeTaintsPolicy:s* 8matchLabelKeys:[s]
TypeChecking 1expressionWarnings:[ExpressionWarning]
TypedLocalObjectReference 1apiGroup:s*! 2kind! 3name!
TypedObjectReference 1apiGroup:s*! 2kind! 3name! 4namespace:s*
UserInfo 1username 2uid 3groups:[s] 4extra:{E}
ValidatingAdmissionPolicy 1metadata:ObjectMeta 2spec:ValidatingAdmissionPolicySpec 3status:ValidatingAdmissionPolicyStatus
ValidatingAdmissionPolicyBinding 1metadata:ObjectMeta 2spec:ValidatingAdmissionPolicyBindingSpec
ValidatingAdmissionPolicyBindingSpec 1policyName 2paramRef:ParamRef* 3matchResources:MatchResources* 4validationActions:[s]
ValidatingAdmissionPolicySpec 1paramKind:ParamKind* 2matchConstraints:MatchResources* 3validations:[Validation] 4failurePolicy:s* 5auditAnnotations:[AuditAnnotation] 6matchConditions:[MatchCondition] 7variables:[Variable]
ValidatingAdmissionPolicyStatus 1observedGeneration:i 2typeChecking:TypeChecking* 3conditions:[Condition]
ValidatingWebhook 1name! 2clientConfig:WebhookClientConfig! 3rules:[RuleWithOperations] 4failurePolicy:s* 9matchPolicy:s* 5namespaceSelector:LabelSelector* 10objectSelector:LabelSelector* 6sideEffects:s*! 7timeoutSeconds:i* 8admissionReviewVersions:[s]! 11matchConditions:[MatchCondition]
ValidatingWebhookConfiguration 1metadata:ObjectMeta 2webhooks:[ValidatingWebhook]
Validation 1expression! 2message 3reason:s* 4messageExpression
Variable 1name! 2expression!
Volume 1name! 2^VolumeSource
VolumeDevice 1name! 2devicePath!
VolumeMount 1name! 2readOnly:b 7recursiveReadOnly:s* 3mountPath! 4subPath 5mountPropagation:s* 6subPathExpr
VolumeMountStatus 1name! 2mountPath! 3readOnly:b 4recursiveReadOnly:s*
VolumeProjection 1secret:SecretProjection* 2downwardAPI:DownwardAPIProjection* 3configMap:ConfigMapProjection* 4serviceAccountToken:ServiceAccountTokenProjection* 5clusterTrustBundle:ClusterTrustBundleProjection* 6podCertificate:PodCertificateProjection*
VolumeResourceRequirements 1limits:{q} 2requests:{q}
VolumeSource 1hostPath:HostPathVolumeSource* 2emptyDir:EmptyDirVolumeSource* 3gcePersistentDisk:GCEPersistentDiskVolumeSource* 4awsElasticBlockStore:AWSElasticBlockStoreVolumeSource* 5gitRepo:GitRepoVolumeSource* 6secret:SecretVolumeSource* 7nfs:NFSVolumeSource* 8iscsi:ISCSIVolumeSource* 9glusterfs:GlusterfsVolumeSource* 10persistentVolumeClaim:PersistentVolumeClaimVolumeSource* 11rbd:RBDVolumeSource* 12flexVolume:FlexVolumeSource* 13cinder:CinderVolumeSource* 14cephfs:CephFSVolumeSource* 15flocker:FlockerVolumeSource* 16downwardAPI:DownwardAPIVolumeSource* 17fc:FCVolumeSource* 18azureFile:AzureFileVolumeSource* 19configMap:ConfigMapVolumeSource* 20vsphereVolume:VsphereVirtualDiskVolumeSource* 21quobyte:QuobyteVolumeSource* 22azureDisk:AzureDiskVolumeSource* 23photonPersistentDisk:PhotonPersistentDiskVolumeSource* 26projected:ProjectedVolumeSource* 24portworxVolume:PortworxVolumeSource* 25scaleIO:ScaleIOVolumeSource* 27storageos:StorageOSVolumeSource* 28csi:CSIVolumeSource* 29ephemeral:EphemeralVolumeSource* 30image:ImageVolumeSource*
VsphereVirtualDiskVolumeSource 1volumePath! 2fsType 3storagePolicyName 4storagePolicyID
WebhookClientConfig 3url:s* 1service:ServiceReference* 2caBundle:B
WeightedPodAffinityTerm 1weight:i! 2podAffinityTerm:PodAffinityTerm!
WindowsSecurityContextOptions 1gmsaCredentialSpecName:s* 2gmsaCredentialSpec:s* 3runAsUserName:s* 4hostProcess:b*
WorkloadReference 1name! 2podGroup! 3podGroupReplicaKey
`;
