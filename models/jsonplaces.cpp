#include "models/jsonplaces.h"

#include <QJsonArray>
#include <QJsonObject>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// left: how many levels below this place may still be looked at.
bool visitFrom(const JsonPlace &place, const JsonVisitor &visit, int left)
{
    if (left < 0)
        return true;
    if (!visit(place))
        return false;
    if (place.value.isArray()) {
        for (const QJsonValue one : place.value.toArray()) {
            if (!visitFrom({&place, place.name, one, true}, visit, left - 1))
                return false;
        }
    } else if (place.value.isObject()) {
        const QJsonObject object = place.value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (!visitFrom({&place, it.key(), it.value(), false}, visit, left - 1))
                return false;
        }
    }
    return true;
}

} // namespace

QString JsonPlace::path() const
{
    if (!within)
        return {};
    return within->path() + (isItem ? u"/*"_s : u'/' + name);
}

bool visitJson(const QJsonValue &whole, const JsonVisitor &visit, int deepest)
{
    return visitFrom({nullptr, {}, whole, false}, visit, deepest);
}

bool visitJsonLeaves(const QJsonValue &whole, const JsonVisitor &visit, int deepest)
{
    return visitJson(
        whole, [&](const JsonPlace &place) { return !place.isLeaf() || visit(place); }, deepest);
}

QJsonValue jsonRoot(const QJsonDocument &document)
{
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

QJsonValue jsonRoot(const QByteArray &text)
{
    return jsonRoot(QJsonDocument::fromJson(text));
}

} // namespace cockpit
