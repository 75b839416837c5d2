package i18n

// leadWords are about leads of public interest.
var leadWords = []row{}
