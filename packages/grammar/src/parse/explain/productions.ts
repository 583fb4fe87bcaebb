import { operatorsOf } from '../../operator-name.js'
import {
  attempt,
  char,
  choice,
  end,
  labelled,
  later,
  lookAhead,
  many,
  many1,
  noneOf,
  notBefore,
  nothing,
  oneOf,
  optional,
  type Parser,
  satisfy,
  separatedBy,
  sequence,
  string,
} from './parser.js'

/** The grammar of PostgREST's URLs in its own terms and order of alternatives: both show in what it says is expected. */

const anyCharacter = satisfy(() => true)
const letter = satisfy((character) => /^\p{L}$/u.test(character), 'letter')
const digit = satisfy((character) => character >= '0' && character <= '9', 'digit')
const blanks = many(oneOf(' \t'))
const lexeme = (parser: Parser) => sequence(blanks, parser, blanks)
const delimiter = labelled('delimiter (.)', char('.'))
const identifier = many1(choice(letter, digit, oneOf('_ $')))
const quoted = sequence(char('"'), many(choice(noneOf('\\"'), sequence(char('\\'), anyCharacter))), char('"'))
const dash = attempt(
  sequence(
    char('-'),
    notBefore((character) => character === '>', '">"'),
  ),
)

const name = labelled('field name (* or [a..z0..9_$])', choice(quoted, separatedBy(identifier, dash)))

const keyEnd = choice(...['->', '::', '.', ','].map((text) => attempt(lookAhead(string(text)))), attempt(end))
const index = sequence(optional(char('-')), many1(digit), keyEnd)
const key = labelled(
  'any non reserved character different from: .,>()',
  choice(quoted, separatedBy(many1(noneOf('(-:.,>)')), dash)),
)
const arrow = choice(attempt(string('->>')), attempt(string('->')))
const path = many(sequence(arrow, choice(attempt(index), attempt(key))))
const field = lexeme(sequence(name, optional(path)))

const parameterPath = sequence(separatedBy(name, delimiter), optional(path))
const names = separatedBy(name, lexeme(char(',')))

// select
const alias = optional(
  attempt(
    sequence(
      name,
      char(':'),
      notBefore((character) => character === ':', '":"'),
    ),
  ),
)
const itemEnd = choice(attempt(lookAhead(string(')'))), attempt(lookAhead(string(','))), attempt(end))
const embedParameter = sequence(char('!'), choice(attempt(string('left')), attempt(string('inner')), attempt(name)))
const embedParameters = sequence(optional(embedParameter), optional(embedParameter), attempt(lookAhead(string('('))))
const notCount: Parser = (characters, at) => {
  const reply = name(characters, at)
  const isCount = reply.ok && characters.slice(at, reply.at).join('').trim() === 'count'
  return isCount ? { ...reply, ok: false, complaint: { at: reply.at, found: [], unexpected: [], expected: [] } } : reply
}
const embed = lexeme(sequence(alias, notCount, embedParameters))
const spread = lexeme(sequence(string('...'), name, embedParameters))
const aggregate = choice(string('sum'), string('avg'), string('count'), attempt(string('max')), attempt(string('min')))
const cast = optional(sequence(string('::'), identifier))
const fieldItem = lexeme(
  choice(
    attempt(sequence(string('*'), itemEnd)),
    attempt(sequence(alias, string('count()'), cast, itemEnd)),
    sequence(alias, field, cast, optional(attempt(sequence(char('.'), aggregate, string('()')))), cast, itemEnd),
  ),
)
const items: Parser = later(() => choice(separatedBy(item, lexeme(char(','))), nothing))
const nested = sequence(char('('), items, char(')'))
const item = choice(sequence(attempt(spread), nested), sequence(attempt(embed), nested), fieldItem)

// order
const direction = optional(
  choice(attempt(sequence(delimiter, string('asc'))), attempt(sequence(delimiter, string('desc')))),
)
const nulls = optional(
  choice(attempt(sequence(delimiter, string('nullsfirst'))), attempt(sequence(delimiter, string('nullslast')))),
)
const termEnd = choice(attempt(lookAhead(char(','))), attempt(end))
const order = separatedBy(
  lexeme(
    choice(
      attempt(sequence(name, char('('), field, char(')'), direction, nulls, termEnd)),
      sequence(field, direction, nulls, termEnd),
    ),
  ),
  char(','),
)

// filters
const words = (...texts: readonly string[]) => choice(...texts.map((text) => attempt(string(text))))
const ignoringCase = (text: string) =>
  attempt(
    sequence(
      ...[...text].map((letter) => (letter === '_' ? char('_') : choice(char(letter), char(letter.toUpperCase())))),
    ),
  )
const memberEnd = notBefore((character) => character !== ',' && character !== ')')
const listElement = choice(attempt(sequence(quoted, memberEnd)), many(noneOf(',)')))
const list = sequence(lexeme(char('(')), separatedBy(listElement, char(',')), lexeme(char(')')))
const isValue = labelled(
  'isVal: (null, not_null, true, false, unknown)',
  choice(...['null', 'not_null', 'true', 'false', 'unknown'].map(ignoringCase)),
)

function operation(value: Parser): Parser {
  const inList = sequence(attempt(sequence(string('in'), delimiter)), list)
  const is = sequence(attempt(sequence(string('is'), delimiter)), isValue)
  const isDistinct = sequence(attempt(sequence(string('isdistinct'), delimiter)), value)
  const language = optional(attempt(sequence(char('('), identifier, char(')'))))
  const fullText = sequence(words(...operatorsOf('full text')), language, delimiter, value)
  const simpleWord = labelled(
    'unknown single value operator',
    words(...operatorsOf('plain').filter((name) => name !== 'isdistinct')),
  )
  const simple = sequence(simpleWord, delimiter, value)
  const quantifiableWord = labelled('unknown single value operator', words(...operatorsOf('quantifiable')))
  const quantifier = optional(attempt(sequence(char('('), choice(attempt(string('any')), string('all')), char(')'))))
  const quantified = sequence(quantifiableWord, quantifier, delimiter, value)
  return sequence(
    choice(attempt(sequence(string('not'), delimiter)), nothing),
    labelled(
      'operator (eq, gt, ...)',
      choice(inList, is, isDistinct, attempt(fullText), attempt(simple), attempt(quantified)),
    ),
  )
}

const filter = operation(many(anyCharacter))

// logic
const array = sequence(string('{'), many(noneOf('{}')), string('}'))
const member = choice(attempt(sequence(quoted, memberEnd)), attempt(array), many(noneOf(',)')))
const logicFilter = sequence(field, delimiter, operation(member))
const negation = labelled('negation operator (not)', choice(attempt(sequence(string('not'), delimiter)), nothing))
const connective = labelled('logic operator (and, or)', choice(attempt(string('and')), string('or')))
const tree: Parser = later(() =>
  choice(
    attempt(logicFilter),
    sequence(negation, connective, lexeme(char('(')), separatedBy(tree, lexeme(char(','))), lexeme(char(')'))),
  ),
)

/** By what is parsed: what PostgREST calls it in the error, what the operator puts before the text, and the grammar. */
export const productions = {
  select: { name: 'select parameter', prefix: '', parser: choice(separatedBy(item, lexeme(char(','))), end) },
  columns: { name: 'columns parameter', prefix: '', parser: names },
  on_conflict: { name: 'on_conflict parameter', prefix: '', parser: names },
  order: { name: 'order', prefix: '', parser: order },
  filter: { name: 'filter', prefix: '', parser: filter },
  'tree path': { name: 'tree path', prefix: '', parser: parameterPath },
  'logic path': { name: 'logic path', prefix: '', parser: parameterPath },
  and: { name: 'logic tree', prefix: 'and', parser: tree },
  or: { name: 'logic tree', prefix: 'or', parser: tree },
  'not.and': { name: 'logic tree', prefix: 'not.and', parser: tree },
  'not.or': { name: 'logic tree', prefix: 'not.or', parser: tree },
} as const
