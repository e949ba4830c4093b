{{/*
What the operator and the MCP tools do in a namespace, and no more.

Secrets cannot be narrowed by label in RBAC: the operator asks only for those that carry its label, but may read all.
*/}}
{{- define "pgherd.rules" -}}
- apiGroups: [pgherd.dev]
  resources: [postgresinstances]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [pgherd.dev]
  resources: [postgresinstances/status]
  verbs: [get, patch]
# To name an instance as an owner that its children block, where the API asks for that.
- apiGroups: [pgherd.dev]
  resources: [postgresinstances/finalizers]
  verbs: [update]
- apiGroups: [""]
  resources: [secrets, configmaps, services]
  verbs: [get, list, watch, create, patch]
- apiGroups: [apps]
  resources: [statefulsets]
  verbs: [get, list, watch, create, patch]
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch, create, patch, delete]
# Whether a changed pod still fits, before the one that runs is stopped for it.
- apiGroups: [""]
  resources: [resourcequotas]
  verbs: [list]
- apiGroups: [""]
  resources: [persistentvolumeclaims]
  verbs: [get, list, watch, patch]
- apiGroups: [""]
  resources: [events]
  verbs: [get, list, watch, create, patch]
{{- end -}}
