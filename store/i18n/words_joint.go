package i18n

// jointWords are about what units and people do together on a case.
var jointWords = []row{}
