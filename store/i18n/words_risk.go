package i18n

// riskWords are about signs of risk and the duties that follow.
var riskWords = []row{}
