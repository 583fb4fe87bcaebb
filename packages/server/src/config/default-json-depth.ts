/** How deep arrays and objects of a body may nest unless configured: far below the depth at which PostgreSQL fails. */
export const defaultJsonDepth = 2_000
