/**
 * Types of Kubernetes 1.35 that the product applies or reads (pods apart), one a line, in the notation that
 * `built-in-schemas.ts` reads.
 */
export const builtInTypes = `
AggregationRule clusterRoleSelectors:[LabelSelector~]
AttachedVolume devicePath:s!="" name:s!
AuditAnnotation key:s! valueExpression:s!
BoundObjectReference apiVersion:s kind:s name:s uid:s
ClientIPConfig timeoutSeconds:i?
ClusterRole aggregationRule:AggregationRule apiVersion:s kind:s metadata:ObjectMeta rules:[PolicyRule]
ClusterRoleBinding apiVersion:s kind:s metadata:ObjectMeta roleRef:RoleRef~! subjects:[Subject~]
Condition lastTransitionTime:t! message:s! observedGeneration:i reason:s! status:s! type:s!
ConfigMap apiVersion:s binaryData:{s} data:{s} immutable:b? kind:s metadata:ObjectMeta
ConfigMapNodeConfigSource kubeletConfigKey:s! name:s! namespace:s! resourceVersion:s uid:s
ContainerImage names:[s] sizeBytes:i
CustomResourceColumnDefinition description:s format:s jsonPath:s! name:s! priority:i type:s!
CustomResourceConversion strategy:s! webhook:WebhookConversion
CustomResourceDefinition apiVersion:s kind:s metadata:ObjectMeta spec:CustomResourceDefinitionSpec! status:CustomResourceDefinitionStatus
CustomResourceDefinitionCondition lastTransitionTime:t message:s observedGeneration:i reason:s status:s! type:s!
CustomResourceDefinitionNames categories:[s] kind:s! listKind:s plural:s! shortNames:[s] singular:s
CustomResourceDefinitionSpec conversion:CustomResourceConversion={"strategy":"None"} group:s! names:CustomResourceDefinitionNames! preserveUnknownFields:b scope:s! versions:[CustomResourceDefinitionVersion]!
CustomResourceDefinitionStatus acceptedNames:CustomResourceDefinitionNames conditions:[CustomResourceDefinitionCondition]type observedGeneration:i storedVersions:[s]
CustomResourceDefinitionVersion additionalPrinterColumns:[CustomResourceColumnDefinition] deprecated:b deprecationWarning:s? name:s! schema:CustomResourceValidation selectableFields:[SelectableField] served:b! storage:b! subresources:CustomResourceSubresources
CustomResourceSubresourceScale labelSelectorPath:s? specReplicasPath:s! statusReplicasPath:s!
CustomResourceSubresourceStatus
CustomResourceSubresources scale:CustomResourceSubresourceScale status:CustomResourceSubresourceStatus
CustomResourceValidation openAPIV3Schema:JSONSchemaProps
DaemonEndpoint Port:i!=0
DaemonSet apiVersion:s kind:s metadata:ObjectMeta spec:DaemonSetSpec status:DaemonSetStatus={}
DaemonSetCondition lastTransitionTime:t message:s reason:s status:s!="" type:s!
DaemonSetSpec minReadySeconds:i revisionHistoryLimit:i?=10 selector:LabelSelector~! template:PodTemplateSpec! updateStrategy:DaemonSetUpdateStrategy={"type":"RollingUpdate"}
DaemonSetStatus collisionCount:i? conditions:[DaemonSetCondition]type currentNumberScheduled:i!=0 desiredNumberScheduled:i!=0 numberAvailable:i numberMisscheduled:i!=0 numberReady:i!=0 numberUnavailable:i observedGeneration:i updatedNumberScheduled:i
DaemonSetUpdateStrategy rollingUpdate:RollingUpdateDaemonSet type:s
Deployment apiVersion:s kind:s metadata:ObjectMeta spec:DeploymentSpec status:DeploymentStatus={}
DeploymentCondition lastTransitionTime:t lastUpdateTime:t message:s reason:s status:s!="" type:s!
DeploymentSpec minReadySeconds:i paused:b progressDeadlineSeconds:i?=600 replicas:i?=1 revisionHistoryLimit:i?=10 selector:LabelSelector~! strategy:DeploymentStrategy={"type":"RollingUpdate"} template:PodTemplateSpec!
DeploymentStatus availableReplicas:i collisionCount:i? conditions:[DeploymentCondition]type observedGeneration:i readyReplicas:i replicas:i terminatingReplicas:i? unavailableReplicas:i updatedReplicas:i
DeploymentStrategy rollingUpdate:RollingUpdateDeployment type:s
Endpoint addresses:[s]set! conditions:EndpointConditions={} deprecatedTopology:{s} hints:EndpointHints hostname:s? nodeName:s? targetRef:ObjectReference~ zone:s?
EndpointConditions ready:b? serving:b? terminating:b?
EndpointHints forNodes:[ForNode] forZones:[ForZone]
EndpointPort appProtocol:s? name:s?="" port:i? protocol:s?=TCP
EndpointSlice addressType:s! apiVersion:s endpoints:[Endpoint]! kind:s metadata:ObjectMeta ports:[EndpointPort~]
Event action:s apiVersion:s count:i eventTime:t=null firstTimestamp:t=null involvedObject:ObjectReference~! kind:s lastTimestamp:t=null message:s metadata:ObjectMeta! reason:s related:ObjectReference~ reportingComponent:s="" reportingInstance:s="" series:EventSeries source:EventSource={} type:s
EventSeries count:i lastObservedTime:t
EventSource component:s host:s
ExpressionWarning fieldRef:s! warning:s!
ExternalDocumentation description:s url:s
ForNode name:s!
ForZone name:s!
JSONSchemaProps $ref:s? $schema:s additionalItems:x additionalProperties:x allOf:[JSONSchemaProps] anyOf:[JSONSchemaProps] default:x definitions:{JSONSchemaProps} dependencies:{x} description:s enum:[x] example:x exclusiveMaximum:b exclusiveMinimum:b externalDocs:ExternalDocumentation format:s id:s items:x maxItems:i? maxLength:i? maxProperties:i? maximum:n? minItems:i? minLength:i? minProperties:i? minimum:n? multipleOf:n? not:JSONSchemaProps nullable:b oneOf:[JSONSchemaProps] pattern:s patternProperties:{JSONSchemaProps} properties:{JSONSchemaProps} required:[s] title:s type:s uniqueItems:b x-kubernetes-embedded-resource:b x-kubernetes-int-or-string:b x-kubernetes-list-map-keys:[s] x-kubernetes-list-type:s? x-kubernetes-map-type:s? x-kubernetes-preserve-unknown-fields:b? x-kubernetes-validations:[ValidationRule]rule
Lease apiVersion:s kind:s metadata:ObjectMeta spec:LeaseSpec={}
LeaseSpec acquireTime:t holderIdentity:s? leaseDurationSeconds:i? leaseTransitions:i? preferredHolder:s? renewTime:t strategy:s?
LoadBalancerIngress hostname:s ip:s ipMode:s? ports:[PortStatus]
LoadBalancerStatus ingress:[LoadBalancerIngress]
LocalSubjectAccessReview apiVersion:s kind:s metadata:ObjectMeta spec:SubjectAccessReviewSpec! status:SubjectAccessReviewStatus
MatchCondition expression:s! name:s!
MatchResources excludeResourceRules:[NamedRuleWithOperations~] matchPolicy:s?=Equivalent namespaceSelector:LabelSelector~={} objectSelector:LabelSelector~={} resourceRules:[NamedRuleWithOperations~]
NamedRuleWithOperations apiGroups:[s] apiVersions:[s] operations:[s] resourceNames:[s] resources:[s] scope:s?=*
Namespace apiVersion:s kind:s metadata:ObjectMeta spec:NamespaceSpec status:NamespaceStatus
NamespaceCondition lastTransitionTime:t message:s reason:s status:s!="" type:s!
NamespaceSpec finalizers:[s]
NamespaceStatus conditions:[NamespaceCondition]type phase:s
Node apiVersion:s kind:s metadata:ObjectMeta spec:NodeSpec={} status:NodeStatus={}
NodeAddress address:s!="" type:s!
NodeCondition lastHeartbeatTime:t lastTransitionTime:t message:s reason:s status:s!="" type:s!
NodeConfigSource configMap:ConfigMapNodeConfigSource
NodeConfigStatus active:NodeConfigSource assigned:NodeConfigSource error:s lastKnownGood:NodeConfigSource
NodeDaemonEndpoints kubeletEndpoint:DaemonEndpoint={}
NodeFeatures supplementalGroupsPolicy:b?
NodeRuntimeHandler features:NodeRuntimeHandlerFeatures name:s
NodeRuntimeHandlerFeatures recursiveReadOnlyMounts:b? userNamespaces:b?
NodeSpec configSource:NodeConfigSource externalID:s podCIDR:s podCIDRs:[s]set providerID:s taints:[Taint] unschedulable:b
NodeStatus addresses:[NodeAddress]type allocatable:{q} capacity:{q} conditions:[NodeCondition]type config:NodeConfigStatus daemonEndpoints:NodeDaemonEndpoints={} declaredFeatures:[s] features:NodeFeatures images:[ContainerImage] nodeInfo:NodeSystemInfo={} phase:s runtimeHandlers:[NodeRuntimeHandler] volumesAttached:[AttachedVolume] volumesInUse:[s]
NodeSwapStatus capacity:i?
NodeSystemInfo architecture:s!="" bootID:s!="" containerRuntimeVersion:s!="" kernelVersion:s!="" kubeProxyVersion:s!="" kubeletVersion:s!="" machineID:s!="" operatingSystem:s!="" osImage:s!="" swap:NodeSwapStatus systemUUID:s!=""
NonResourceAttributes path:s verb:s
NonResourceRule nonResourceURLs:[s] verbs:[s]!
ObjectReference apiVersion:s fieldPath:s kind:s name:s namespace:s resourceVersion:s uid:s
ParamKind apiVersion:s kind:s
ParamRef name:s namespace:s parameterNotFoundAction:s? selector:LabelSelector~
Pod apiVersion:s kind:s metadata:ObjectMeta spec:PodSpec status:PodStatus
PodDisruptionBudget apiVersion:s kind:s metadata:ObjectMeta spec:PodDisruptionBudgetSpec={} status:PodDisruptionBudgetStatus={}
PodDisruptionBudgetSpec maxUnavailable:q minAvailable:q selector:LabelSelector~ unhealthyPodEvictionPolicy:s?
PodDisruptionBudgetStatus conditions:[Condition]type currentHealthy:i!=0 desiredHealthy:i!=0 disruptedPods:{t} disruptionsAllowed:i!=0 expectedPods:i!=0 observedGeneration:i
PodTemplateSpec metadata:ObjectMeta spec:PodSpec
PolicyRule apiGroups:[s] nonResourceURLs:[s] resourceNames:[s] resources:[s] verbs:[s]!
PortStatus error:s? port:i! protocol:s!
ReplicaSet apiVersion:s kind:s metadata:ObjectMeta spec:ReplicaSetSpec status:ReplicaSetStatus={}
ReplicaSetCondition lastTransitionTime:t message:s reason:s status:s!="" type:s!
ReplicaSetSpec minReadySeconds:i replicas:i?=1 selector:LabelSelector~! template:PodTemplateSpec
ReplicaSetStatus availableReplicas:i conditions:[ReplicaSetCondition]type fullyLabeledReplicas:i observedGeneration:i readyReplicas:i replicas:i!=0 terminatingReplicas:i?
ResourceAttributes fieldSelector:x group:s labelSelector:x name:s namespace:s resource:s subresource:s verb:s version:s
ResourceRule apiGroups:[s] resourceNames:[s] resources:[s] verbs:[s]!
Role apiVersion:s kind:s metadata:ObjectMeta rules:[PolicyRule]
RoleBinding apiVersion:s kind:s metadata:ObjectMeta roleRef:RoleRef~! subjects:[Subject~]
RoleRef apiGroup:s!=rbac.authorization.k8s.io kind:s! name:s!
RollingUpdateDaemonSet maxSurge:q maxUnavailable:q
RollingUpdateDeployment maxSurge:q maxUnavailable:q
RuleWithOperations apiGroups:[s] apiVersions:[s] operations:[s] resources:[s] scope:s?=*
Secret apiVersion:s data:{s} immutable:b? kind:s metadata:ObjectMeta stringData:{s} type:s=Opaque
SelectableField jsonPath:s!
SelfSubjectAccessReview apiVersion:s kind:s metadata:ObjectMeta spec:SelfSubjectAccessReviewSpec! status:SubjectAccessReviewStatus
SelfSubjectAccessReviewSpec nonResourceAttributes:NonResourceAttributes resourceAttributes:ResourceAttributes
SelfSubjectReview apiVersion:s kind:s metadata:ObjectMeta status:SelfSubjectReviewStatus
SelfSubjectReviewStatus userInfo:UserInfo
SelfSubjectRulesReview apiVersion:s kind:s metadata:ObjectMeta spec:SelfSubjectRulesReviewSpec! status:SubjectRulesReviewStatus
SelfSubjectRulesReviewSpec namespace:s
Service apiVersion:s kind:s metadata:ObjectMeta spec:ServiceSpec status:ServiceStatus
ServiceAccount apiVersion:s automountServiceAccountToken:b? imagePullSecrets:[LocalObjectReference~] kind:s metadata:ObjectMeta secrets:[ObjectReference~]name
ServicePort appProtocol:s? name:s nodePort:i port:i! protocol:s=TCP targetPort:q
ServiceReference name:s! namespace:s! path:s? port:i?=443
ServiceSpec allocateLoadBalancerNodePorts:b? clusterIP:s clusterIPs:[s] externalIPs:[s] externalName:s externalTrafficPolicy:s healthCheckNodePort:i internalTrafficPolicy:s? ipFamilies:[s] ipFamilyPolicy:s? loadBalancerClass:s? loadBalancerIP:s loadBalancerSourceRanges:[s] ports:[ServicePort]port,protocol publishNotReadyAddresses:b selector:{s}~ sessionAffinity:s=None sessionAffinityConfig:SessionAffinityConfig trafficDistribution:s? type:s=ClusterIP
ServiceStatus conditions:[Condition]type loadBalancer:LoadBalancerStatus
SessionAffinityConfig clientIP:ClientIPConfig
Subject apiGroup:s kind:s! name:s! namespace:s
SubjectAccessReview apiVersion:s kind:s metadata:ObjectMeta spec:SubjectAccessReviewSpec! status:SubjectAccessReviewStatus
SubjectAccessReviewSpec extra:{[s]} groups:[s] nonResourceAttributes:NonResourceAttributes resourceAttributes:ResourceAttributes uid:s user:s
SubjectAccessReviewStatus allowed:b! denied:b evaluationError:s reason:s
SubjectRulesReviewStatus evaluationError:s incomplete:b! nonResourceRules:[NonResourceRule]! resourceRules:[ResourceRule]!
Taint effect:s! key:s! timeAdded:t value:s
TokenRequest apiVersion:s kind:s metadata:ObjectMeta spec:TokenRequestSpec! status:TokenRequestStatus
TokenRequestSpec audiences:[s] boundObjectRef:BoundObjectReference expirationSeconds:i?
TokenRequestStatus expirationTimestamp:t! token:s!
TokenReview apiVersion:s kind:s metadata:ObjectMeta spec:TokenReviewSpec! status:TokenReviewStatus
TokenReviewSpec audiences:[s] token:s
TokenReviewStatus audiences:[s] authenticated:b error:s user:UserInfo
TypeChecking expressionWarnings:[ExpressionWarning]
UserInfo extra:{[s]} groups:[s] uid:s username:s
ValidatingAdmissionPolicy apiVersion:s kind:s metadata:ObjectMeta spec:ValidatingAdmissionPolicySpec status:ValidatingAdmissionPolicyStatus={}
ValidatingAdmissionPolicyBinding apiVersion:s kind:s metadata:ObjectMeta spec:ValidatingAdmissionPolicyBindingSpec
ValidatingAdmissionPolicyBindingSpec matchResources:MatchResources~ paramRef:ParamRef~ policyName:s validationActions:[s]set
ValidatingAdmissionPolicySpec auditAnnotations:[AuditAnnotation] failurePolicy:s?=Fail matchConditions:[MatchCondition]name matchConstraints:MatchResources~ paramKind:ParamKind~ validations:[Validation] variables:[Variable~]name
ValidatingAdmissionPolicyStatus conditions:[Condition]type observedGeneration:i typeChecking:TypeChecking
ValidatingWebhook admissionReviewVersions:[s]! clientConfig:WebhookClientConfig! failurePolicy:s?=Fail matchConditions:[MatchCondition]name matchPolicy:s?=Equivalent name:s! namespaceSelector:LabelSelector~={} objectSelector:LabelSelector~={} rules:[RuleWithOperations] sideEffects:s?! timeoutSeconds:i?=10
ValidatingWebhookConfiguration apiVersion:s kind:s metadata:ObjectMeta webhooks:[ValidatingWebhook]name
Validation expression:s! message:s messageExpression:s reason:s?
ValidationRule fieldPath:s message:s messageExpression:s optionalOldSelf:b? reason:s? rule:s!
Variable expression:s! name:s!
WebhookClientConfig caBundle:s service:ServiceReference url:s?
WebhookConversion clientConfig:WebhookClientConfig conversionReviewVersions:[s]!
`;
