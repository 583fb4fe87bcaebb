import type { AuditContext } from '../../context.js'
import { escapeXml } from '../escape-xml.js'
import { roleGraph } from './role-graph.js'

/** Who becomes whom: drawn, and as a table, which says it to everybody. */
export function rolesSection(context: AuditContext): string {
  const { authenticator, roles, index } = context
  const names = [...new Set([...(authenticator === null ? [] : [authenticator.name]), ...roles])]
  const rows = names.map((name) => {
    const role = index.roles.get(name)
    const members = role?.memberOf ?? []
    const chain = context.reachable.get(name)
    return [
      `<th scope="row"><code>${escapeXml(name)}</code></th>`,
      cell(chain === undefined ? [] : [chain.slice(0, -1).join(' → ')]),
      cell(members.filter(({ inherit }) => inherit).map((member) => member.role)),
      cell(members.filter(({ set }) => set).map((member) => member.role)),
      `<td>${escapeXml(remarks(name, context).join(', '))}</td>`,
    ].join('')
  })
  return `<section id="roles" aria-labelledby="roles-title"><h2 id="roles-title">Who becomes whom</h2>
<p class="lead">The server logs in as the authenticator and becomes one role for each request.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Memberships, drawn">${roleGraph(context)}</div>
<p class="legend"><span class="key line-inherits"></span> has its rights at once <span class="key line-becomes"></span> must become it (SET ROLE)</p>
<div class="scroll" tabindex="0" role="region" aria-label="Memberships"><table class="plain"><thead><tr><th scope="col">Role</th><th scope="col">Reached by</th><th scope="col">Inherits</th><th scope="col">Can become</th><th scope="col">Remarks</th></tr></thead><tbody>${rows.map((row) => `<tr>${row}</tr>`).join('')}</tbody></table></div></section>`
}

function cell(names: readonly string[]): string {
  return `<td>${names.map((name) => `<code>${escapeXml(name)}</code>`).join(', ')}</td>`
}

function remarks(name: string, { authenticator, anonymous, index }: AuditContext): string[] {
  const role = index.roles.get(name)
  return [
    ...(name === authenticator?.name ? ['the server logs in as it'] : []),
    ...(name === anonymous ? ['requests without a token'] : []),
    ...(role?.superuser ? ['superuser'] : []),
    ...(role?.bypassRowSecurity ? ['bypasses row-level security'] : []),
    ...(role?.canLogin && name !== authenticator?.name ? ['can log in'] : []),
  ]
}
