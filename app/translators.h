// The program's words in the user's language.
#pragma once

#include <QString>

namespace cockpit {

// Installs the catalogues for this language on the application object (before the first worker starts). English has
// one too: it holds the plural forms. An unknown language ends in English.
void installTranslators(const QString &language);

// What the settings say, or the system's: "en", "de_AT".
QString preferredLanguage();

} // namespace cockpit
