package i18n

// petitionWords are about petitions.
var petitionWords = []row{}
