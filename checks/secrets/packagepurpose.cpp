#include "checks/secrets/packagepurpose.h"

#include "models/strictobject.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>

#include <array>
#include <optional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PackagePurpose)
};

using enum PackagePurpose;
constexpr std::array kAll{PackagePurpose::SignIn, Upload, Pdf, Payment, Mail};

std::optional<PackagePurpose> purposeFromWord(const QString &word)
{
    for (const PackagePurpose purpose : kAll) {
        if (toWord(purpose) == word)
            return purpose;
    }
    return std::nullopt;
}

void readPurpose(StrictObject &object, PackagePurposes &purposes)
{
    const auto purpose = purposeFromWord(object.text(u"id"_s));
    if (!purpose)
        object.complain(u"id"_s, Text::tr("is not a known word"));
    object.each(u"packages"_s, [&](StrictObject &packages) {
        const auto ecosystem = ecosystemFromWord(packages.text(u"ecosystem"_s));
        if (!ecosystem)
            packages.complain(u"ecosystem"_s, Text::tr("is not a known word"));
        for (const QString &name : packages.texts(u"names"_s)) {
            const QString key = packageKey(ecosystem.value_or(Ecosystem::Npm), name);
            if (purposes.contains(key))
                packages.complain(u"names"_s, Text::tr("names %1 for the second time").arg(name));
            purposes.insert(key, purpose.value_or(PackagePurpose::SignIn));
        }
        packages.refuseOthers();
    });
    object.refuseOthers();
}

} // namespace

QString toWord(PackagePurpose value)
{
    switch (value) {
    case PackagePurpose::SignIn:
        return u"sign_in"_s;
    case Upload:
        return u"upload"_s;
    case Pdf:
        return u"pdf"_s;
    case Payment:
        return u"payment"_s;
    case Mail:
        return u"mail"_s;
    }
    Q_UNREACHABLE();
}

QString labelOf(PackagePurpose value)
{
    switch (value) {
    case PackagePurpose::SignIn:
        return Text::tr("signs people in");
    case Upload:
        return Text::tr("takes in files");
    case Pdf:
        return Text::tr("makes or reads PDFs");
    case Payment:
        return Text::tr("takes payments");
    case Mail:
        return Text::tr("handles mail");
    }
    Q_UNREACHABLE();
}

Result<PackagePurposes> parsePackagePurposes(const QByteArray &json)
{
    FirstError error;
    PackagePurposes purposes;
    StrictObject document(QJsonDocument::fromJson(json).object(), u"package-purposes"_s, error);
    document.wholeNumber(u"schema"_s);
    document.each(u"purposes"_s, [&](StrictObject &object) { readPurpose(object, purposes); });
    document.refuseOthers();
    if (!error.isEmpty())
        return failure(ErrorKind::BadInput, error.sentence());
    return purposes;
}

Result<PackagePurposes> loadPackagePurposes()
{
    QFile file(u":/rules/package-purposes.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotFound, Text::tr("The purposes of packages are missing from the program."));
    return parsePackagePurposes(file.readAll());
}

} // namespace cockpit
