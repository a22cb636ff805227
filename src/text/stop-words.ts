/** Function words of English that carry nothing in a search, and the ends of contractions ("don't" is read as "don", "t"). */
export const stopWords: ReadonlySet<string> = new Set(
  `a about above after again against all also although am an and any are aren as at be because been before being below
  between both but by can cannot could d did didn do does doesn doing don down during each either few for from further had has have
  having he her here hers him his how however i if in into is isn it its itself just ll me more most my neither no nor not now
  of off on once only or other our ours out over own re s same she should so some such t than that the their theirs them
  then there therefore these they this those through thus to too under until up upon ve very via was wasn we were weren what when
  where whether which while who whom whose why will with within without would you your yours`.split(/\s+/),
);
