-- The assortment: 8 suppliers, 5 departments with 14 shelves, 20 tags, 72 products.

INSERT INTO v2.suppliers (name, country, lead_time_days) VALUES
  ('Alpine Roasters', 'AT', 7),
  ('Porto Ceramics', 'PT', 21),
  ('Nordic Steel', 'SE', 18),
  ('Kyoto Leaf', 'JP', 35),
  ('Jura Woodworks', 'FR', 28),
  ('Flanders Linen', 'BE', 14),
  ('Bergmann Glass', 'DE', 10),
  ('Terra Gardens', 'IT', 12);

INSERT INTO v2.categories (slug, name) VALUES
  ('coffee', 'Coffee'),
  ('tea', 'Tea'),
  ('kitchen', 'Kitchen'),
  ('table', 'Table'),
  ('garden', 'Garden');
INSERT INTO v2.categories (parent_id, slug, name)
SELECT d.id, shelf.slug, shelf.name
FROM (VALUES
  (1, 'coffee', 'beans', 'Beans'),
  (2, 'coffee', 'brewers', 'Brewers'),
  (3, 'coffee', 'grinders', 'Grinders'),
  (4, 'tea', 'leaf-tea', 'Leaf tea'),
  (5, 'tea', 'teapots', 'Teapots'),
  (6, 'kitchen', 'knives', 'Knives'),
  (7, 'kitchen', 'pans', 'Pans'),
  (8, 'kitchen', 'boards', 'Boards'),
  (9, 'table', 'plates', 'Plates and bowls'),
  (10, 'table', 'glasses', 'Glasses'),
  (11, 'table', 'linen', 'Linen'),
  (12, 'table', 'cutlery', 'Cutlery'),
  (13, 'garden', 'tools', 'Tools'),
  (14, 'garden', 'seeds', 'Seeds and bulbs')
) AS shelf (nr, department, slug, name)
JOIN v2.categories d ON d.slug = shelf.department
ORDER BY shelf.nr;

INSERT INTO v2.tags (name) VALUES
  ('organic'), ('fair trade'), ('handmade'), ('gift'), ('new'), ('dishwasher safe'), ('oven safe'), ('steel'),
  ('wood'), ('ceramic'), ('glass'), ('cotton'), ('linen'), ('for two'), ('for a crowd'), ('travel'), ('espresso'),
  ('filter'), ('decaf'), ('seasonal');

INSERT INTO v2.products (category_id, supplier_id, name, slug, description, cost, price, stock, sizes, attributes, created_at)
SELECT c.id, s.id, p.name, p.slug, p.description, p.cost, p.price, 400 + 5 * (p.nr % 13), p.sizes::text[], p.attributes::jsonb,
  timestamptz '2025-09-01 08:00:00+00' + p.nr * interval '41 hours'
FROM (VALUES
  (1, 'beans', 'Alpine Roasters', 'House espresso', 'house-espresso', 'Dark roast of arabica and robusta, chocolate and hazelnut.', 7.10, 13.90, '{250 g,1 kg}', '{"roast": 4, "origin": ["Brazil", "India"]}'),
  (2, 'beans', 'Alpine Roasters', 'Morning filter', 'morning-filter', 'Light roast for filter coffee, with red berries and honey.', 7.80, 14.50, '{250 g,1 kg}', '{"roast": 2, "origin": ["Ethiopia"]}'),
  (3, 'beans', 'Alpine Roasters', 'Night owl', 'night-owl', 'Decaffeinated with mountain water, caramel and almond.', 8.20, 15.90, '{250 g}', '{"roast": 3, "decaf": true}'),
  (4, 'beans', 'Alpine Roasters', 'Huehuetenango', 'huehuetenango', 'Single farm from Guatemala, washed, citrus and cocoa.', 9.40, 17.50, '{250 g}', '{"roast": 2, "origin": ["Guatemala"]}'),
  (5, 'beans', 'Alpine Roasters', 'Winter blend', 'winter-blend', 'Seasonal espresso with cinnamon notes.', 7.90, 15.20, '{250 g,1 kg}', '{"roast": 4, "season": "winter"}'),
  (6, 'brewers', 'Porto Ceramics', 'Dripper no. 2', 'dripper-2', 'Ceramic dripper for one to four cups of filter coffee.', 9.60, 24.00, '{}', '{"cups": 4, "colour": "white"}'),
  (7, 'brewers', 'Nordic Steel', 'French press', 'french-press', 'Double walled steel, keeps coffee hot for an hour.', 21.50, 49.00, '{0.5 l,1 l}', '{"material": "steel"}'),
  (8, 'brewers', 'Nordic Steel', 'Moka pot', 'moka-pot', 'Stove top espresso for three or six cups, also on induction.', 14.20, 34.90, '{3 cups,6 cups}', '{"induction": true}'),
  (9, 'brewers', 'Bergmann Glass', 'Carafe and cone', 'carafe-and-cone', 'Hand blown glass carafe with a wooden collar.', 18.70, 42.00, '{}', '{"litres": 0.8}'),
  (10, 'brewers', 'Nordic Steel', 'Travel press', 'travel-press', 'A press and a mug in one, tight enough for a rucksack.', 13.10, 29.90, '{}', '{"litres": 0.35}'),
  (11, 'grinders', 'Nordic Steel', 'Hand grinder', 'hand-grinder', 'Conical steel burrs, forty steps from espresso to press.', 39.00, 89.00, '{}', '{"burrs": "steel", "steps": 40}'),
  (12, 'grinders', 'Jura Woodworks', 'Walnut box mill', 'walnut-box-mill', 'A grandmother''s mill of walnut, to hold between the knees.', 34.00, 79.00, '{}', '{"burrs": "ceramic"}'),
  (13, 'grinders', 'Nordic Steel', 'Electric grinder', 'electric-grinder', 'Quiet flat burrs for filter coffee, with a timer.', 88.00, 179.00, '{}', '{"watts": 150}'),
  (14, 'leaf-tea', 'Kyoto Leaf', 'Sencha', 'sencha', 'Steamed green tea of the first harvest, fresh and grassy.', 6.30, 14.90, '{100 g}', '{"kind": "green", "celsius": 75}'),
  (15, 'leaf-tea', 'Kyoto Leaf', 'Gyokuro', 'gyokuro', 'Shaded green tea, sweet and deep.', 15.40, 34.00, '{50 g,100 g}', '{"kind": "green", "celsius": 60}'),
  (16, 'leaf-tea', 'Kyoto Leaf', 'Matcha', 'matcha', 'Stone ground, for the bowl and for lattes.', 12.60, 27.50, '{30 g}', '{"kind": "green", "powder": true}'),
  (17, 'leaf-tea', 'Kyoto Leaf', 'Genmaicha', 'genmaicha', 'Green tea with roasted rice.', 4.10, 10.90, '{100 g}', '{"kind": "green", "celsius": 80}'),
  (18, 'leaf-tea', 'Alpine Roasters', 'Mountain herbs', 'mountain-herbs', 'Balm, mint and verbena from steep meadows. No caffeine.', 3.20, 8.90, '{50 g}', '{"kind": "herbs"}'),
  (19, 'leaf-tea', 'Kyoto Leaf', 'Hojicha', 'hojicha', 'Roasted stems, mild enough for the evening.', 3.90, 9.90, '{100 g}', '{"kind": "roasted", "celsius": 90}'),
  (20, 'teapots', 'Porto Ceramics', 'Side handle pot', 'side-handle-pot', 'A kyusu of red clay with a fine sieve of its own.', 19.80, 46.00, '{}', '{"litres": 0.3}'),
  (21, 'teapots', 'Bergmann Glass', 'Glass teapot', 'glass-teapot', 'Heat resistant, with a sieve to lift out.', 14.10, 32.00, '{0.8 l,1.2 l}', '{"material": "glass"}'),
  (22, 'teapots', 'Nordic Steel', 'Water kettle', 'water-kettle', 'Gooseneck kettle that holds a temperature to the degree.', 46.00, 99.00, '{}', '{"watts": 1000}'),
  (23, 'teapots', 'Porto Ceramics', 'Pair of tea bowls', 'tea-bowls', 'Two bowls, glazed by hand: no two are the same.', 11.70, 28.00, '{}', '{"pieces": 2}'),
  (24, 'knives', 'Nordic Steel', 'Chef''s knife', 'chefs-knife', 'Twenty centimetres of forged steel, a birch handle.', 41.00, 96.00, '{}', '{"blade_cm": 20}'),
  (25, 'knives', 'Nordic Steel', 'Paring knife', 'paring-knife', 'Nine centimetres, for everything small.', 13.50, 32.00, '{}', '{"blade_cm": 9}'),
  (26, 'knives', 'Nordic Steel', 'Bread knife', 'bread-knife', 'Long waves that do not tear the crumb.', 27.00, 64.00, '{}', '{"blade_cm": 24}'),
  (27, 'knives', 'Jura Woodworks', 'Knife block', 'knife-block', 'Magnets behind oiled oak, room for eight.', 29.00, 69.00, '{}', '{"wood": "oak"}'),
  (28, 'knives', 'Nordic Steel', 'Whetstone', 'whetstone', 'Two grits in one stone, with a holder.', 16.20, 39.00, '{}', '{"grit": [1000, 6000]}'),
  (29, 'pans', 'Nordic Steel', 'Iron pan', 'iron-pan', 'Forged iron that gets better every year.', 31.00, 74.00, '{24 cm,28 cm}', '{"induction": true}'),
  (30, 'pans', 'Nordic Steel', 'Sauté pan', 'saute-pan', 'Three layers of steel and aluminium, with a lid.', 52.00, 119.00, '{24 cm,28 cm}', '{"induction": true}'),
  (31, 'pans', 'Nordic Steel', 'Stock pot', 'stock-pot', 'Ten litres for a crowd.', 48.00, 109.00, '{}', '{"litres": 10}'),
  (32, 'pans', 'Porto Ceramics', 'Clay casserole', 'clay-casserole', 'Unglazed outside, glazed inside; for the oven.', 22.40, 54.00, '{2 l,4 l}', '{"oven": true}'),
  (33, 'pans', 'Porto Ceramics', 'Baking dish', 'baking-dish', 'Stoneware that goes from the oven to the table.', 15.90, 38.00, '{small,large}', '{"oven": true}'),
  (34, 'boards', 'Jura Woodworks', 'End grain board', 'end-grain-board', 'Oak on end: kind to knives.', 33.00, 79.00, '{30 cm,45 cm}', '{"wood": "oak"}'),
  (35, 'boards', 'Jura Woodworks', 'Bread board', 'bread-board', 'Ash, with a tray for the crumbs.', 17.50, 42.00, '{}', '{"wood": "ash"}'),
  (36, 'boards', 'Jura Woodworks', 'Breakfast boards', 'breakfast-boards', 'Four small boards of beech.', 9.80, 24.00, '{}', '{"wood": "beech", "pieces": 4}'),
  (37, 'boards', 'Jura Woodworks', 'Rolling pin', 'rolling-pin', 'One piece of pear wood, no handles.', 8.40, 19.90, '{}', '{"wood": "pear"}'),
  (38, 'plates', 'Porto Ceramics', 'Dinner plate', 'dinner-plate', 'Stoneware with a rim that is not quite round.', 7.20, 18.50, '{}', '{"cm": 27}'),
  (39, 'plates', 'Porto Ceramics', 'Side plate', 'side-plate', 'For bread, cake and what is left.', 5.10, 13.50, '{}', '{"cm": 20}'),
  (40, 'plates', 'Porto Ceramics', 'Soup bowl', 'soup-bowl', 'Deep enough for noodles.', 6.40, 16.50, '{}', '{"litres": 0.6}'),
  (41, 'plates', 'Porto Ceramics', 'Salad bowl', 'salad-bowl', 'For a crowd, or for a sourdough.', 17.30, 44.00, '{}', '{"cm": 30}'),
  (42, 'plates', 'Porto Ceramics', 'Espresso cups', 'espresso-cups', 'Four small cups with thick walls.', 12.80, 32.00, '{}', '{"pieces": 4}'),
  (43, 'plates', 'Porto Ceramics', 'Mug', 'mug', 'Holds a third of a litre and most opinions.', 5.60, 15.00, '{}', '{"litres": 0.33}'),
  (44, 'glasses', 'Bergmann Glass', 'Water glasses', 'water-glasses', 'Six glasses that stack.', 11.40, 27.00, '{}', '{"pieces": 6}'),
  (45, 'glasses', 'Bergmann Glass', 'Wine glasses', 'wine-glasses', 'Two glasses for red and white alike.', 13.90, 34.00, '{}', '{"pieces": 2}'),
  (46, 'glasses', 'Bergmann Glass', 'Carafe', 'carafe', 'A litre, and a cork ball on top.', 12.20, 29.50, '{}', '{"litres": 1}'),
  (47, 'glasses', 'Bergmann Glass', 'Preserving jars', 'preserving-jars', 'Three jars with rubber rings and clips.', 8.10, 19.50, '{0.5 l,1 l}', '{"pieces": 3}'),
  (48, 'glasses', 'Bergmann Glass', 'Latte glasses', 'latte-glasses', 'Two double walled glasses for coffee with milk.', 10.60, 25.00, '{}', '{"pieces": 2}'),
  (49, 'linen', 'Flanders Linen', 'Table cloth', 'table-cloth', 'Washed linen, softer every year.', 33.00, 82.00, '{140 cm,220 cm}', '{"colour": "flax"}'),
  (50, 'linen', 'Flanders Linen', 'Napkins', 'napkins', 'Four napkins of linen.', 14.40, 36.00, '{}', '{"pieces": 4}'),
  (51, 'linen', 'Flanders Linen', 'Kitchen towels', 'kitchen-towels', 'Three towels: half cotton, half linen.', 9.30, 23.00, '{}', '{"pieces": 3}'),
  (52, 'linen', 'Flanders Linen', 'Apron', 'apron', 'Crossed at the back, two large pockets.', 18.60, 45.00, '{S,M,L}', '{"colour": "indigo"}'),
  (53, 'linen', 'Flanders Linen', 'Bread bag', 'bread-bag', 'Keeps a loaf for days.', 7.20, 18.00, '{}', '{}'),
  (54, 'cutlery', 'Nordic Steel', 'Cutlery for two', 'cutlery-for-two', 'Knife, fork, spoon and tea spoon, twice.', 22.00, 54.00, '{}', '{"pieces": 8}'),
  (55, 'cutlery', 'Nordic Steel', 'Cutlery for six', 'cutlery-for-six', 'Everything six times.', 61.00, 149.00, '{}', '{"pieces": 24}'),
  (56, 'cutlery', 'Jura Woodworks', 'Salad servers', 'salad-servers', 'Olive wood, a pair.', 9.10, 22.00, '{}', '{"wood": "olive"}'),
  (57, 'cutlery', 'Nordic Steel', 'Travel cutlery', 'travel-cutlery', 'Folds into its own case.', 8.70, 21.00, '{}', '{"pieces": 3}'),
  (58, 'cutlery', 'Jura Woodworks', 'Chopsticks', 'chopsticks', 'Two pairs of lacquered cherry.', 5.30, 13.00, '{}', '{"wood": "cherry", "pieces": 2}'),
  (59, 'tools', 'Nordic Steel', 'Hand trowel', 'hand-trowel', 'Forged in one piece, does not bend.', 11.80, 28.00, '{}', '{"cm": 32}'),
  (60, 'tools', 'Nordic Steel', 'Pruning shears', 'pruning-shears', 'For either hand, all parts can be replaced.', 19.70, 48.00, '{}', '{"cm": 21}'),
  (61, 'tools', 'Jura Woodworks', 'Dibber', 'dibber', 'A hole of the right depth, every time.', 6.20, 15.50, '{}', '{"wood": "beech"}'),
  (62, 'tools', 'Terra Gardens', 'Watering can', 'watering-can', 'Zinc, nine litres, a fine rose.', 24.00, 58.00, '{}', '{"litres": 9}'),
  (63, 'tools', 'Flanders Linen', 'Garden gloves', 'garden-gloves', 'Goatskin palms, cotton backs.', 8.90, 22.00, '{S,M,L}', '{}'),
  (64, 'seeds', 'Terra Gardens', 'Herb garden', 'herb-garden', 'Basil, chives, parsley, thyme, sage: five bags of seeds.', 4.20, 11.90, '{}', '{"bags": 5}'),
  (65, 'seeds', 'Terra Gardens', 'Old tomatoes', 'old-tomatoes', 'Six varieties that no supermarket has.', 4.80, 13.50, '{}', '{"bags": 6}'),
  (66, 'seeds', 'Terra Gardens', 'Meadow for bees', 'meadow-for-bees', 'Forty wild flowers for ten square metres.', 5.60, 14.90, '{}', '{"square_metres": 10}'),
  (67, 'seeds', 'Terra Gardens', 'Tulip bulbs', 'tulip-bulbs', 'Fifty bulbs in three colours, to plant in autumn.', 9.90, 24.50, '{}', '{"bulbs": 50, "season": "autumn"}'),
  (68, 'seeds', 'Terra Gardens', 'Garlic to plant', 'garlic-to-plant', 'A kilo of hardy garlic.', 6.70, 16.90, '{}', '{"season": "autumn"}'),
  (69, 'seeds', 'Terra Gardens', 'Chilli collection', 'chilli-collection', 'From mild to not at all mild.', 4.40, 12.50, '{}', '{"bags": 4}'),
  (70, 'brewers', 'Bergmann Glass', 'Cold brew tower', 'cold-brew-tower', 'A drop a second, overnight.', 71.00, 159.00, '{}', '{"litres": 1}'),
  (71, 'plates', 'Porto Ceramics', 'Egg cups', 'egg-cups', 'Two, with a place for the spoon.', 4.90, 12.00, '{}', '{"pieces": 2}'),
  (72, 'linen', 'Flanders Linen', 'Picnic blanket', 'picnic-blanket', 'Cotton above, wax below.', 26.00, 64.00, '{}', '{"cm": [150, 200]}')
) AS p (nr, shelf, supplier, name, slug, description, cost, price, sizes, attributes)
JOIN v2.categories c ON c.slug = p.shelf
JOIN v2.suppliers s ON s.name = p.supplier
ORDER BY p.nr;

INSERT INTO v2.product_tags (product_id, tag_id)
SELECT p.id, t.id
FROM v2.products p
JOIN v2.tags t ON
  position(lower(t.name) IN lower(p.name || ' ' || p.description)) > 0
  OR (t.name = 'gift' AND p.id % 5 = 0)
  OR (t.name = 'new' AND p.id > 64)
  OR (t.name = 'organic' AND p.id % 4 = 1)
  OR (t.name = 'fair trade' AND p.id <= 19)
  OR (t.name = 'handmade' AND p.id % 6 = 2)
  OR (t.name = 'dishwasher safe' AND p.id BETWEEN 38 AND 48)
  OR (t.name = 'oven safe' AND p.attributes ->> 'oven' = 'true')
  OR (t.name = 'seasonal' AND p.attributes ? 'season')
ORDER BY p.id, t.id;
