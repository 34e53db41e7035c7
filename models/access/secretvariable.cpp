#include "models/access/secretvariable.h"

namespace cockpit {

QByteArray secretVariable(const TestActor &actor)
{
    QByteArray name("LAUNCH_COCKPIT_SECRET_");
    for (const QChar c : actor.name.toUpper()) {
        const bool isUsable = (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
        name += isUsable ? c.toLatin1() : '_';
    }
    return name;
}

} // namespace cockpit
