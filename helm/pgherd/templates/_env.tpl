{{- define "pgherd.env" -}}
{{- if and (gt (int .Values.replicas) 1) (not .Values.operator.leaderElection.enabled) -}}
{{- fail "replicas above 1 need operator.leaderElection.enabled: true, or several operators would act at once" -}}
{{- end -}}
- name: PGHERD_HTTP_HOST
  value: 0.0.0.0
- name: PGHERD_HTTP_PORT
  value: "7432"
- name: PGHERD_HTTP_ALLOWED_HOSTS
  value: {{ include "pgherd.allowedHosts" . | quote }}
{{- with .Values.http.allowedOrigins }}
- name: PGHERD_HTTP_ALLOWED_ORIGINS
  value: {{ join "," . | quote }}
{{- end }}
{{- with .Values.operator.namespaces }}
- name: PGHERD_NAMESPACES
  value: {{ join "," . | quote }}
{{- end }}
{{- with .Values.operator.labelSelector }}
- name: PGHERD_LABEL_SELECTOR
  value: {{ . | quote }}
{{- end }}
- name: PGHERD_RECONCILE_CONCURRENCY
  value: {{ .Values.operator.concurrency | quote }}
- name: PGHERD_KUBERNETES_QPS
  value: {{ .Values.operator.kubernetesQps | quote }}
{{- with .Values.operator.leaderElection }}
- name: PGHERD_LEADER_ELECTION
  value: {{ .enabled | quote }}
{{- if .enabled }}
- name: PGHERD_LEASE_NAME
  value: {{ .leaseName | quote }}
- name: PGHERD_LEASE_NAMESPACE
  value: {{ $.Release.Namespace | quote }}
- name: PGHERD_LEASE_DURATION_SECONDS
  value: {{ .leaseDurationSeconds | quote }}
- name: PGHERD_LEASE_RENEW_SECONDS
  value: {{ .renewDeadlineSeconds | quote }}
- name: PGHERD_LEASE_RETRY_SECONDS
  value: {{ .retryPeriodSeconds | quote }}
{{- end }}
{{- end }}
{{- with .Values.mcp.defaultNamespace }}
- name: PGHERD_DEFAULT_NAMESPACE
  value: {{ . | quote }}
{{- end }}
- name: PGHERD_MCP_PROFILE
  value: {{ .Values.mcp.profile | quote }}
{{- with .Values.mcp.enabledTools }}
- name: PGHERD_MCP_ENABLED_TOOLS
  value: {{ join "," . | quote }}
{{- end }}
- name: PGHERD_MCP_MAX_ROWS
  value: {{ int .Values.mcp.maxRows | quote }}
- name: PGHERD_MCP_MAX_RESULT_BYTES
  value: {{ int .Values.mcp.maxResultBytes | quote }}
- name: PGHERD_MCP_STATEMENT_TIMEOUT_SECONDS
  value: {{ int .Values.mcp.statementTimeoutSeconds | quote }}
- name: PGHERD_MCP_INSTANCE_TOOLS
  value: {{ .Values.mcp.instanceTools.enabled | quote }}
{{- with .Values.mcp.instanceTools.prefix }}
- name: PGHERD_MCP_INSTANCE_TOOL_PREFIX
  value: {{ . | quote }}
{{- end }}
- name: PGHERD_MCP_CALLS_PER_MINUTE
  value: {{ int .Values.mcp.callsPerMinute | quote }}
- name: PGHERD_MCP_STATEMENTS_PER_MINUTE
  value: {{ int .Values.mcp.statementsPerMinute | quote }}
- name: PGHERD_MCP_CALLS_AT_A_TIME
  value: {{ int .Values.mcp.callsAtATime | quote }}
- name: PGHERD_MCP_TOTAL_CALLS
  value: {{ int .Values.mcp.totalCalls | quote }}
{{- with .Values.pool }}
{{- if gt (int .maxIdleConnections) (int .maxOpenConnections) }}
{{- fail "pool.maxIdleConnections must not be above pool.maxOpenConnections" }}
{{- end }}
{{- if lt (int .lifetimeSeconds) (add (int .idleSeconds) 2 | int) }}
{{- fail "pool.lifetimeSeconds must be 2 above pool.idleSeconds at least" }}
{{- end }}
- name: PGHERD_POOL_MAX_OPEN_CONNS
  value: {{ int .maxOpenConnections | quote }}
- name: PGHERD_POOL_MAX_IDLE_CONNS
  value: {{ int .maxIdleConnections | quote }}
- name: PGHERD_POOL_TOTAL_CONNS
  value: {{ int .totalConnections | quote }}
- name: PGHERD_POOL_CONNECTION_TIMEOUT_SECONDS
  value: {{ int .connectionTimeoutSeconds | quote }}
- name: PGHERD_POOL_IDLE_SECONDS
  value: {{ int .idleSeconds | quote }}
- name: PGHERD_POOL_LIFETIME_SECONDS
  value: {{ int .lifetimeSeconds | quote }}
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}
