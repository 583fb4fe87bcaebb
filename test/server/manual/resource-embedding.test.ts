import { error, manualPage } from './page.js'

manualPage('Resource Embedding', {
  hints: [
    {
      ask: '/shifts?select=id,people!shift_leader(name)&id=eq.1',
      status: 200,
      json: [{ id: 1, people: { name: 'Ann' } }],
    },
    { ask: '/shifts?select=id,people!helper_id(name)&id=eq.1', status: 200, json: [{ id: 1, people: { name: 'Bo' } }] },
    {
      ask: '/shifts?select=id,shift_leader(name)&id=eq.1',
      status: 200,
      json: [{ id: 1, shift_leader: { name: 'Ann' } }],
    },
    { ask: '/shifts?select=id,helper_id(name)&id=eq.1', status: 200, json: [{ id: 1, helper_id: { name: 'Bo' } }] },
    { ask: '/acts?select=id,people!members(name)&id=eq.3', status: 200, json: [{ id: 3, people: [{ name: 'Cy' }] }] },
    { ask: '/acts?select=id,parent_id(name)&id=eq.2', status: 200, json: [{ id: 2, parent_id: { name: 'The Loud' } }] },
    { ask: '/acts?select=id,covers:acts!parent_id(id)&id=eq.1', status: 200, json: [{ id: 1, covers: [{ id: 2 }] }] },
  ],
  'more than one, or none': [
    {
      ask: '/shifts?select=people(name)',
      status: 300,
      json: error(
        'PGRST201',
        "Could not embed because more than one relationship was found for 'shifts' and 'people'",
        [
          {
            cardinality: 'many-to-one',
            embedding: 'shifts with people',
            relationship: 'shift_helper using shifts(helper_id) and people(id)',
          },
          {
            cardinality: 'many-to-one',
            embedding: 'shifts with people',
            relationship: 'shift_leader using shifts(leader_id) and people(id)',
          },
        ],
        "Try changing 'people' to one of the following: 'people!shift_helper', 'people!shift_leader'. Find the desired relationship in the 'details' key.",
      ),
    },
    {
      ask: '/acts?select=stage(name)',
      status: 400,
      json: error(
        'PGRST200',
        "Could not find a relationship between 'acts' and 'stage' in the schema cache",
        "Searched for a foreign key relationship between 'acts' and 'stage' in the schema 'fest', but no matches were found.",
        "Perhaps you meant 'stages' instead of 'stage'.",
      ),
    },
    {
      ask: '/acts?select=stages!nope(name)',
      status: 400,
      json: error(
        'PGRST200',
        "Could not find a relationship between 'acts' and 'stages' in the schema cache",
        "Searched for a foreign key relationship between 'acts' and 'stages' using the hint 'nope' in the schema 'fest', but no matches were found.",
      ),
    },
  ],
  'filters, orders and limits inside': [
    {
      ask: '/stages?select=name,acts(id)&acts.id=gt.1&acts.order=id.desc&acts.limit=1&order=id&limit=2',
      status: 200,
      json: [
        { name: 'Main', acts: [] },
        { name: 'Tent', acts: [{ id: 3 }] },
      ],
    },
    {
      ask: '/stages?select=name,acts!inner(id)&acts.id=eq.3',
      headers: { Prefer: 'count=exact' },
      status: 200,
      answers: { 'Content-Range': '0-0/1' },
    },
    {
      ask: '/stages?select=name&acts.id=eq.1',
      status: 400,
      json: error(
        'PGRST108',
        "'acts' is not an embedded resource in this request",
        null,
        "Verify that 'acts' is included in the 'select' query parameter.",
      ),
    },
  ],
  'null filtering': [
    { ask: '/stages?select=id,acts(id)&acts=is.null', status: 200, json: [{ id: 3, acts: [] }] },
    { ask: '/stages?select=id,acts()&acts=not.is.null&order=id', status: 200, json: [{ id: 1 }, { id: 2 }] },
    {
      ask: '/acts?select=id,stages(),managers()&or=(stages.is.null,managers.not.is.null)&order=id',
      as: 'crew',
      status: 200,
      json: [{ id: 1 }, { id: 3 }, { id: 4 }],
    },
    {
      ask: '/stages?select=id,acts(id)&acts=eq.1',
      status: 400,
      json: error('42703', 'column stages.acts does not exist'),
    },
  ],
  'related order': [
    {
      ask: '/acts?select=id,stages()&order=stages(name).desc.nullslast,id',
      status: 200,
      json: [{ id: 2 }, { id: 3 }, { id: 1 }, { id: 4 }],
    },
    {
      ask: '/stages?select=id,acts(id)&order=acts(id)',
      status: 400,
      json: error(
        'PGRST118',
        "A related order on 'acts' is not possible",
        "'stages' and 'acts' do not form a many-to-one or one-to-one relationship",
      ),
    },
  ],
  spread: [
    { ask: '/acts?select=id,...stages(stage:name)&id=eq.1', status: 200, json: [{ id: 1, stage: 'Main' }] },
    {
      ask: '/stages?select=id,...acts(names:name)&acts.order=name&order=id',
      status: 200,
      json: [
        { id: 1, names: ['The Loud'] },
        { id: 2, names: ['Loud Unplugged', 'Quiet Sisters'] },
        { id: 3, names: [] },
      ],
    },
  ],
  'after writing and calling': [
    {
      ask: 'PATCH /acts?id=eq.1&select=name,stages(name)',
      headers: { Prefer: 'return=representation' },
      body: { name: 'x' },
      status: 200,
      json: [{ name: 'x', stages: { name: 'Main' } }],
    },
    {
      ask: '/rpc/acts_on?stage=2&select=id,stages(name)&id=eq.3',
      status: 200,
      json: [{ id: 3, stages: { name: 'Tent' } }],
    },
    { ask: '/acts?select=id,home(name)&id=eq.1', status: 200, json: [{ id: 1, home: { name: 'Main' } }] },
  ],
  'two of one name': [
    {
      ask: '/stages?select=name,acts(id),acts(name)',
      status: 400,
      json: error('42712', 'table name "stages_acts_1" specified more than once'),
    },
    {
      ask: '/acts?select=id,...stages(name),...stages(open)&id=eq.1',
      status: 200,
      json: [{ id: 1, name: 'Main', open: true }],
    },
  ],
  'only null is asked of what is embedded': [
    {
      ask: '/stages?select=name,acts(id)&acts=is.not_null',
      status: 400,
      json: error('42703', 'column stages.acts does not exist'),
    },
  ],
  'limits that are negative': [
    {
      ask: '/stages?select=name,acts(id)&acts.limit=-1',
      status: 400,
      json: error('2201W', 'LIMIT must not be negative'),
    },
    {
      ask: '/stages?select=name,acts(id)&acts.offset=-1',
      status: 400,
      json: error('2201X', 'OFFSET must not be negative'),
    },
  ],
  'names of relations for embeds that have another': [
    {
      ask: '/stages?select=name,who:acts(id)&acts.id=eq.3&order=id&limit=1',
      status: 200,
      answers: {
        Warning:
          '299 PostgRESTv16.2 "Embedded resource was referenced by relation name even though it has an alias. This is deprecated and will stop working in a future release. Update `acts` to `who` in query string filters, orders or limits."',
      },
      json: [{ name: 'Main', who: [] }],
    },
    { ask: '/stages?select=name,who:acts(id)&who.id=eq.3', status: 200, answers: { Warning: null } },
  ],
})

manualPage(
  'Resource Embedding, without legacy names',
  {
    'an alias is the only name': [
      {
        ask: '/stages?select=name,who:acts(id)&acts.id=eq.3',
        status: 400,
        json: error(
          'PGRST108',
          "'acts' is not an embedded resource in this request",
          'Target names are not allowed in filters if they have an alias',
          "Change 'acts' to 'who' in filters, orders or limits.",
        ),
      },
    ],
  },
  { urlUseLegacyTargetNames: false },
)
