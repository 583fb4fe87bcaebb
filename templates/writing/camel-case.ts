/** `order_lines` → `orderLines`. What stands before the first word, and words that have capitals already, stay. */
export function camelCase(name: string): string {
  return name.replace(/(?<=[\p{L}\p{N}])_+([\p{L}\p{N}])/gu, (_, letter: string) => letter.toUpperCase())
}
