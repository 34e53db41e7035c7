// Names as a reader of files may show them: without the secrets that stand in them.
#pragma once

#include "checks/engine/observations.h"
#include "checks/secrets/textscanner.h"
#include "checks/secrets/treewalk.h"

namespace cockpit {

class ShownNames
{
public:
    // Fails as the rules do.
    [[nodiscard]] static Result<ShownNames> make(Observations &seen);

    QString path(const QByteArray &path) { return text(shownPath(path)); }
    // A path in an archive, a sentence with names. Dots where it could not be searched: it may hold anything.
    QString text(const QString &text);

private:
    explicit ShownNames(TextScanner scanner) : m_scanner(std::move(scanner)) {}

    TextScanner m_scanner; // with a token of its own: also what was read before a stop is shown
};

} // namespace cockpit
