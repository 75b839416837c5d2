package i18n

// disputeWords are about what disputes alone have: confirmation, entrusted mediation, refusals.
var disputeWords = []row{}
