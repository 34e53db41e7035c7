#include "checks/exposure/debugmarks.h"

#include "checks/exposure/pathrules.h"
#include "models/strictobject.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DebugMarks)
};

DebugMark readMark(StrictObject &object, std::set<QString> &ids)
{
    DebugMark mark;
    mark.id = object.text(u"id"_s);
    mark.title = object.text(u"title"_s);
    const QString where = object.text(u"where"_s);
    mark.where = where == "page"_L1 ? DebugMark::Where::Page : DebugMark::Where::ErrorPage;
    if (where != "page"_L1 && where != "error"_L1)
        object.complain(u"where"_s, Text::tr("must be error or page"));
    mark.pattern = QRegularExpression(object.text(u"pattern"_s), QRegularExpression::MultilineOption);
    if (!mark.pattern.isValid())
        object.complain(u"pattern"_s, Text::tr("cannot be read"));
    const auto severity = fromWord<Severity>(object.text(u"severity"_s));
    if (!severity)
        object.complain(u"severity"_s, Text::tr("is not a known word"));
    mark.severity = severity.value_or(Severity::Medium);
    if (!ids.insert(mark.id).second)
        object.complain(u"id"_s, Text::tr("is used twice"));
    object.refuseOthers();
    return mark;
}

} // namespace

Result<std::vector<DebugMark>> parseDebugMarks(const QByteArray &json)
{
    FirstError error;
    std::vector<DebugMark> marks;
    std::set<QString> ids;
    StrictObject document(QJsonDocument::fromJson(json).object(), u"debug-marks"_s, error);
    document.wholeNumber(u"schema"_s);
    document.each(u"marks"_s, [&](StrictObject &object) { marks.push_back(readMark(object, ids)); });
    document.refuseOthers();
    if (!error.isEmpty())
        return failure(ErrorKind::BadInput, error.sentence());
    return marks;
}

Result<std::vector<DebugMark>> loadDebugMarks()
{
    const auto json = readRuleFile(u"debug-marks"_s);
    if (!json)
        return tl::unexpected(json.error());
    return parseDebugMarks(*json);
}

} // namespace cockpit
