// `launch-cockpit checks` and `roadmaps`: what there is.
#pragma once

#include "app/composition.h"

#include <QJsonObject>

namespace cockpit {

QJsonObject checksJson(const Composition &composition);
QString checksText(const Composition &composition);
QJsonObject roadmapsJson(const Composition &composition);
QString roadmapsText(const Composition &composition);

} // namespace cockpit
