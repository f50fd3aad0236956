{{- define "newsledger.name" -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end }}

{{- define "newsledger.labels" -}}
app.kubernetes.io/name: newsledger
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "newsledger.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{/* Secrets are files: an environment is seen by whoever may look at the process. */}}
{{- define "newsledger.environment" -}}
- { name: DATABASE_URL_FILE, value: /run/newsledger/database-url }
- { name: NEWSLEDGER_SECRET_KEY_FILE, value: /run/newsledger/secret-key }
{{- if .Values.queueInRedis }}
- { name: QUEUE_URL_FILE, value: /run/newsledger/queue-url }
{{- end }}
{{- if .Values.mailBySmtp }}
- { name: SMTP_URL_FILE, value: /run/newsledger/smtp-url }
{{- end }}
{{- if .Values.byProxy }}
- { name: NEWSLEDGER_PROXY_FILE, value: /run/newsledger/proxy }
{{- end }}
- { name: MAIL_FROM, value: {{ .Values.mailFrom | quote }} }
{{- if .Values.publicUrl }}
- { name: PUBLIC_URL, value: {{ .Values.publicUrl | quote }} }
{{- end }}
- { name: LOG_LEVEL, value: {{ .Values.logLevel | quote }} }
- { name: NEWSLEDGER_DATA_DIR, value: /tmp/newsledger }
- { name: NEWSLEDGER_HOST, value: 0.0.0.0 }
- { name: NEWSLEDGER_WATCH_PORT, value: "9464" }
{{- range $name, $value := .Values.settings }}
- { name: {{ $name }}, value: {{ $value | quote }} }
{{- end }}
{{- end }}

{{- define "newsledger.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
fsGroup: 1000
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "newsledger.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{- define "newsledger.mounts" -}}
- { name: tmp, mountPath: /tmp }
- { name: secrets, mountPath: /run/newsledger, readOnly: true }
{{- end }}

{{- define "newsledger.volumes" -}}
- name: tmp
  emptyDir: { sizeLimit: 256Mi }
- name: secrets
  secret: { secretName: {{ .Values.secretName | quote }}, defaultMode: 0440 }
{{- end }}
