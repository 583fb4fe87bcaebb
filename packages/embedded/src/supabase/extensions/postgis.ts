import type { StubExtension } from '../../platform/platform.js'
import { stubFunctions, stubOperators, stubType } from './stub-function.js'

const types = ['geometry', 'geography'] as const

/** What both types have: `shape` stands for each. */
const ofBoth = `
st_area(a shape) returns double precision
st_asbinary(a shape) returns bytea
st_asewkt(a shape) returns text
st_asgeojson(a shape, maxdecimaldigits integer DEFAULT 9, options integer DEFAULT 8) returns text
st_astext(a shape) returns text
st_azimuth(a shape, b shape) returns double precision
st_buffer(a shape, radius double precision) returns shape
st_centroid(a shape) returns shape
st_closestpoint(a shape, b shape) returns shape
st_coveredby(a shape, b shape) returns boolean
st_covers(a shape, b shape) returns boolean
st_distance(a shape, b shape) returns double precision
st_dwithin(a shape, b shape, distance double precision) returns boolean
st_intersection(a shape, b shape) returns shape
st_intersects(a shape, b shape) returns boolean
st_length(a shape) returns double precision
st_perimeter(a shape) returns double precision
st_srid(a shape) returns integer`

const functions = `
st_contains(a geometry, b geometry) returns boolean
st_within(a geometry, b geometry) returns boolean
st_touches(a geometry, b geometry) returns boolean
st_overlaps(a geometry, b geometry) returns boolean
st_crosses(a geometry, b geometry) returns boolean
st_disjoint(a geometry, b geometry) returns boolean
st_equals(a geometry, b geometry) returns boolean
st_distancesphere(a geometry, b geometry) returns double precision
st_dwithin(a geography, b geography, distance double precision, use_spheroid boolean) returns boolean
st_distance(a geography, b geography, use_spheroid boolean) returns double precision
st_envelope(a geometry) returns geometry
st_extent(a geometry) returns box2d
st_geogfromtext(a text) returns geography
st_geographyfromtext(a text) returns geography
st_geomfromgeojson(a text) returns geometry
st_geomfromgeojson(a json) returns geometry
st_geomfromgeojson(a jsonb) returns geometry
st_geomfromtext(a text) returns geometry
st_geomfromtext(a text, srid integer) returns geometry
st_geomfromewkt(a text) returns geometry
st_geomfromwkb(a bytea, srid integer) returns geometry
st_geometrytype(a geometry) returns text
st_isvalid(a geometry) returns boolean
st_makeenvelope(a double precision, b double precision, c double precision, d double precision, srid integer DEFAULT 0) returns geometry
st_makebox2d(a geometry, b geometry) returns box2d
st_makeline(a geometry, b geometry) returns geometry
st_makepoint(a double precision, b double precision) returns geometry
st_makepoint(a double precision, b double precision, c double precision) returns geometry
st_makepolygon(a geometry) returns geometry
st_makevalid(a geometry) returns geometry
st_npoints(a geometry) returns integer
st_numpoints(a geometry) returns integer
st_point(a double precision, b double precision) returns geometry
st_point(a double precision, b double precision, srid integer) returns geometry
st_pointfromtext(a text, srid integer DEFAULT 0) returns geometry
st_setsrid(a geometry, srid integer) returns geometry
st_simplify(a geometry, tolerance double precision) returns geometry
st_startpoint(a geometry) returns geometry
st_endpoint(a geometry) returns geometry
st_transform(a geometry, srid integer) returns geometry
st_union(a geometry, b geometry) returns geometry
st_x(a geometry) returns double precision
st_y(a geometry) returns double precision
st_z(a geometry) returns double precision
st_xmin(a geometry) returns double precision
st_xmax(a geometry) returns double precision
st_ymin(a geometry) returns double precision
st_ymax(a geometry) returns double precision
st_tileenvelope(z integer, x integer, y integer) returns geometry
st_asmvtgeom(a geometry, bounds box2d, extent integer DEFAULT 4096, buffer integer DEFAULT 256, clip boolean DEFAULT true) returns geometry
st_asmvtgeom(a geometry, bounds geometry, extent integer DEFAULT 4096, buffer integer DEFAULT 256, clip boolean DEFAULT true) returns geometry
postgis_version() returns text
postgis_full_version() returns text`

const script = [
  ...types.map((type) => stubType(type, 'any')),
  stubType('box2d'),
  stubType('box3d'),
  'CREATE CAST (geometry AS geography) WITHOUT FUNCTION AS IMPLICIT;',
  'CREATE CAST (geography AS geometry) WITHOUT FUNCTION;',
  'CREATE CAST (geometry AS box2d) WITHOUT FUNCTION AS IMPLICIT;',
  'CREATE CAST (box2d AS geometry) WITHOUT FUNCTION AS IMPLICIT;',
  ...types.flatMap((type) => [
    stubOperators(['&&', '=', '<', '>', '@', '~'], type, type, 'boolean'),
    stubOperators(['<->', '<#>'], type, type, 'double precision'),
    stubFunctions(ofBoth.replaceAll('shape', type)),
  ]),
  stubFunctions(functions),
  `CREATE TABLE spatial_ref_sys (
  srid integer PRIMARY KEY, auth_name varchar(256), auth_srid integer, srtext varchar(2048), proj4text varchar(2048));`,
].join('\n')

export const postgis: StubExtension = { name: 'postgis', script, isRelocatable: true }
