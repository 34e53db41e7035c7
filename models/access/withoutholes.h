// Texts with holes, {{password}}, as whoever looks for secrets in them reads them.
#pragma once

#include <QString>

namespace cockpit {

// The text with something else in place of its holes; "<value>" is no secret to the redactor (models/redactor.h).
QString withoutHoles(const QString &text, const QString &instead = QStringLiteral("<value>"));

} // namespace cockpit
