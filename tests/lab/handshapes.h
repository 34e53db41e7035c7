// Ways in which people write secrets down, collected by hand from files and manuals of other programs and not from the
// rules: a shape that no rule knows counts as missed. Beside each the look-alikes that stand in such files.
#pragma once

#include <QByteArray>

#include <vector>

namespace cockpit::lab {

struct HandShape
{
    const char *name;
    const char *path;
    QByteArray before;
    QByteArray secret;
    QByteArray behind;
};

// No secret opens anything. The same seed gives the same ones.
std::vector<HandShape> handShapes(quint32 seed);

struct HandLookAlike
{
    const char *name;
    const char *path;
    const char *text; // with templates (exampletemplate.h)
};

// What stands in such files and is no secret.
const std::vector<HandLookAlike> &handLookAlikes();

} // namespace cockpit::lab
