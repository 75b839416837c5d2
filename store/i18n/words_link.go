package i18n

// linkWords are about links between cases, their sources, merging.
var linkWords = []row{}
