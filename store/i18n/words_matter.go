package i18n

// matterWords are about delegated matters.
var matterWords = []row{}
