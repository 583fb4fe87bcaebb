/** Shorter moduli can be factored (NIST SP 800-131A). */
const SHORTEST_MODULUS = 2048

/**
 * What is wrong with an RSA public key, or null.
 * @param modulus, exponent big-endian bytes
 */
export function rsaWeakness(modulus: Buffer, exponent: Buffer): string | null {
  const n = BigInt(`0x${modulus.toString('hex') || '0'}`)
  const e = BigInt(`0x${exponent.toString('hex') || '0'}`)
  if (n.toString(2).length < SHORTEST_MODULUS) return `a modulus of less than ${SHORTEST_MODULUS} bits`
  if (e < 3n || e % 2n === 0n) return 'an exponent that protects nothing'
  if (isRoca(n)) return 'a modulus made by a faulty generator (ROCA, CVE-2017-15361)'
  return null
}

const smallPrimes = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113,
  127, 131, 137, 139, 149, 151, 157, 163, 167,
]

/** Primes of that generator are powers of 65537 modulo every small prime, and so are their products. */
function isRoca(n: bigint): boolean {
  return smallPrimes.every((prime) => powersOf65537(prime).has(Number(n % BigInt(prime))))
}

function powersOf65537(prime: number): Set<number> {
  const powers = new Set<number>()
  for (let power = 1; !powers.has(power); power = (power * 65_537) % prime) powers.add(power)
  return powers
}
