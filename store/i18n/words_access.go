package i18n

// accessWords are about who sees a case, handing a laptop over.
var accessWords = []row{}
