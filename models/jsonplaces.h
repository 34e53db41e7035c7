// One walk through a JSON value, for whoever looks at what stands inside: one place after the other, depth first, the
// members of an object in the order of their names. Pure; the nesting is bounded, as the text may be anybody's.
#pragma once

#include <QJsonDocument>
#include <QJsonValue>
#include <QString>

#include <functional>

namespace cockpit {

// Answers of products nest a handful deep.
constexpr int kDeepestJson = 64;

// Lives as long as the call that it is handed to.
struct JsonPlace
{
    const JsonPlace *within = nullptr; // none: the whole value
    QString name;                      // of the member; what stands in a list has the list's name
    QJsonValue value;
    bool isItem = false; // of a list

    bool isMember() const { return within && !isItem; }
    // Neither a list nor an object.
    bool isLeaf() const { return !value.isArray() && !value.isObject(); }
    // "/items/*/customer/id", whatever the lists' lengths; empty for the whole value. Made anew at each call.
    QString path() const;
};

// True to go on; false once enough was seen.
using JsonVisitor = std::function<bool(const JsonPlace &place)>;

// The whole value (depth 0) and whatever is in it, lists and objects before what they hold. What is deeper than that is
// not visited. False when the visitor had enough.
bool visitJson(const QJsonValue &whole, const JsonVisitor &visit, int deepest = kDeepestJson);
// The same of what holds nothing else: texts, numbers, true, false and null.
bool visitJsonLeaves(const QJsonValue &whole, const JsonVisitor &visit, int deepest = kDeepestJson);

// The list or the object that a document is; an empty object when it is none.
QJsonValue jsonRoot(const QJsonDocument &document);
QJsonValue jsonRoot(const QByteArray &text);

} // namespace cockpit
