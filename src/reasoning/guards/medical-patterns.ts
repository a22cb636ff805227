/** Forms of words that medicine has to itself, on a text in lower case without accents; what they match counts by its weight. */
export const medicalPatterns: readonly { weight: number; pattern: RegExp }[] = [
  {
    weight: 3,
    pattern:
      /\b(?!(?:academia|nostalgia|empathy|sympathy|telepathy|apathy|antipathy|psychopathy)\b)[a-z]{2,30}(?:itis|ectomy|otomy|ostomy|oscopy|plasty|opathy|pathies|emia|aemia|algia|plegia|paresis|uria|rrhea|rrhoea|megaly|penia|cytosis|cytes?|cytic|sclerosis|stenosis|trophy|lysis of)\b/g,
  },
  {
    weight: 3,
    pattern:
      /\b[a-z]{0,20}(?:carcin|sarc|lymph|aden|melan|gli|myel|hemat|haemat|fibr|lip|terat|neur|blast|meningi|angi|granul|mesotheli|epitheli)om(?:a|as|ata|atous)\b/g,
  },
  {
    weight: 3,
    pattern:
      /\b[a-z]{0,20}(?:cardi(?!ff|nal|gan|o\b)|thromb|pulmon|hepat(?!it)|nephr|gastr(?!onom|opub)|haemo|hemorr|onco(?:l|g)|rheumat|encephal|osteo|broncho|pneumo|gynaec|gynec|anesth|anaesth|paediatr|psychiatr|angio|arthr(?!opod)|endocrin|immuno|mening|myocard|neuro(?!n\b|mancer)|ophthalm|orthopa?ed|urolog|vascul|venous|intraven|subcutan|carcinogen|antibod|prophyla|etiolog|anticoag|antihypert|intubat|extubat|trache|laryng|pharyng|endomet|endovasc|dialys|isch(?:a)?em|lymph|dermat|histolog|cytolog|embol(?!d)|fibrillat|metasta|biops|antibio|antivir|antifung|antidepress|vaccin|pathogen)[a-z]{0,20}\b/g,
  },
  {
    weight: 3,
    pattern:
      /\b(?!(?:april|elixir|cocaine)\b)[a-z]{3,20}(?:mab|tinib|ciclib|parib|sartan|statin|olol|cillin|mycin|floxacin|azole|prazole|gliptin|gliflozin|tidine|setron|triptan|oxetine|azepam|zolam|caine|dronate|cycline|lukast|terol|fenac|vudine|navir|ovir|semide|thiazide)\b/g,
  },
  {
    weight: 2,
    pattern:
      /\b[a-z]{0,20}(?:kinase|polymerase|transferase|peroxidase|protease|helicase|isomerase|oxidase|reductase|lipase|synthase|synthetase|phosphatase|dehydrogenase|nuclease|esterase|globulin|albumin|peptide|lipid|receptor|mutation|toxicity|toxin|kinesis|pharmacokinetic|autophagy|chromatin|nucleosome|exosom(?:e|al)|transcript(?:ion(?:al)?)?|methylation|autosomal|microbiota|embryonic|[a-z]{0,6}[dr]na|lithotrip(?:sy|ter)|ultrasonograph[a-z]{0,3}|radiation|irradiation|psychotic|antibacterial|virus)s?\b/g,
  },
  {
    // Compounds of German.
    weight: 3,
    pattern:
      /\b[a-z]{0,20}(?:schmerz(?!lich)|entzundung|krankheit|erkrankung|krankenhaus|geschwur|lungen|nieren|herzin|blutung|blutdruck|arztlich|medikament|impfung|rontgen|gelenk|schwanger|therapie|diagnos|symptom|medizin)[a-z]{0,20}\b/g,
  },
  {
    // Romance languages.
    weight: 3,
    pattern:
      /\b[a-z]{0,20}(?:radiografi|radiographi|enfermedad|sintoma|symptome|malad|medicament|grossesse|embaraz|infecci|fractur|cardiac|cardiaqu)[a-z]{0,12}\b/g,
  },
  { weight: 2, pattern: /\b\d{1,3}[- ]?(?:year|yr|month|week|day)s?[- ]?old\b|\b\d{1,3} ?y\/?o\b/g },
  {
    weight: 2,
    pattern: /\b\d+(?:[.,]\d+)? ?(?:mg|mcg|mmol|mmhg|iu\/l|meq|bpm|g\/dl|ng\/ml|mg\/dl|cm h2o)\b/g,
  },
];
