import { type Identifier, Node, type Symbol as ProgramSymbol, type Project } from 'ts-morph'

const identifiers = new WeakMap<Project, ReadonlyMap<string, readonly Identifier[]>>()

/**
 * Every place of a program that names what is declared here, under this name. (The language service knows them as well, and
 * reads the whole program a second time for it.)
 */
export function referencesTo(name: Identifier): readonly Identifier[] {
  const meant = meantBy(name)
  const project = name.getProject()
  const known = identifiers.get(project) ?? byText(project)
  identifiers.set(project, known)
  return (known.get(name.getText()) ?? []).filter((other) => meant !== undefined && meantBy(other) === meant)
}

function byText(project: Project): ReadonlyMap<string, readonly Identifier[]> {
  const found = new Map<string, Identifier[]>()
  for (const file of project.getSourceFiles()) {
    if (file.isDeclarationFile()) continue
    file.forEachDescendant((node) => {
      if (!Node.isIdentifier(node)) return
      const text = node.getText()
      const others = found.get(text)
      if (others) others.push(node)
      else found.set(text, [node])
    })
  }
  return found
}

/** The symbol itself, and not the import of it. */
function meantBy(name: Identifier): ProgramSymbol | undefined {
  const symbol = name.getSymbol()
  return symbol?.getAliasedSymbol() ?? symbol
}
