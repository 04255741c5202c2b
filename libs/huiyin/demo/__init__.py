"""What the demonstration plays: petitions, a directory of units, and a plan of who does what when.

Everything here is invented: the province of Anning (安宁省), its cities, counties and townships, every office,
person, company and event. Petitioners are called 张某 or 李某某. Their telephone numbers are 1400000xxxx: in
China numbers under 140 to 144 belong to machines and have 13 digits, so one of 11 digits rings nowhere.
Division codes 99xxxx belong to no real division.

`petitions.toml` and `directory.toml` hold the texts and the units, `scenario.load()` reads them, and
`scenario.generate()` deals circumstances to them. The mix is described, and dealt, in `cards`.
"""
