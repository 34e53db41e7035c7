// Writes the handover PDF from what is known, for the command line.
#pragma once

#include "app/composition.h"
#include "models/projectstore.h"

namespace cockpit {

// store may be null: then there are no samples. Needs a QGuiApplication (fonts), but no display.
[[nodiscard]] Result<void> writeHandoverPack(const ProjectState &known, const Roadmap &roadmap,
                                             const ProjectStore *store, const Composition &composition,
                                             const QString &pdfFile);

} // namespace cockpit
