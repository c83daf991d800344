# Measures of teams' work.
measure-e3-not-seen = E3 · Persons under control who were not seen as presumed victims
measure-e4-wrongly-treated = E4 · Presumed victims held or charged
measure-e6-without-consent = E6 · Persons in care who were not asked
measure-e7-not-offered = E7 · Persons who were not asked with whom they want to talk
measure-e8-told-often = E8 · Persons who had to tell more than twice
measure-e9-duties-open = E9 · Entries, searches and detentions that are not in order
measure-e10-force = E10 · Force on presumed victims, or everybody held down
measure-e11-pages-in-doubt = E11 · Pages of the file that are contested or excluded
measure-e12-elements = E12 · Elements of the crime with a page that stands, of three
measure-e14-told-too-far = E14 · Persons whose story or safe address went further than it should
measure-e15-decisions = E15 · Decisions of conferences, with an owner and a time
measure-e18-punished = E18 · Persons fined or charged for what they were made to do
