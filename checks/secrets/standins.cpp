#include "checks/secrets/standins.h"

#include "models/strictobject.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StandIns)
};

struct FitWord
{
    QLatin1StringView word;
    Fit fit;
};
constexpr std::array kFits{FitWord{"never"_L1, Fit::Never}, FitWord{"inside"_L1, Fit::Inside},
                           FitWord{"start"_L1, Fit::Start}, FitWord{"word"_L1, Fit::Word},
                           FitWord{"whole"_L1, Fit::Whole}};

Fit fitIn(StrictObject &object, const QString &member)
{
    const auto *const known = std::ranges::find(kFits, object.text(member), &FitWord::word);
    if (known != kFits.end())
        return known->fit;
    object.complain(member, Text::tr("is not a known word"));
    return Fit::Never;
}

void readWords(StrictObject &object, std::vector<StandIn> &words)
{
    object.text(u"about"_s); // for who reads the file
    const Fit inSecret = fitIn(object, u"in_secret"_s);
    const Fit inSetting = fitIn(object, u"in_setting"_s);
    for (std::string &word : object.lowerTexts(u"words"_s)) {
        if (std::ranges::find(words, word, &StandIn::word) != words.end())
            object.complain(u"words"_s, Text::tr("names %1 for the second time").arg(QString::fromStdString(word)));
        words.push_back({std::move(word), inSecret, inSetting});
    }
    object.refuseOthers();
}

} // namespace

Result<StandIns> parseStandIns(const QByteArray &json)
{
    FirstError error;
    StandIns read;
    StrictObject document(QJsonDocument::fromJson(json).object(), u"stand-ins"_s, error);
    document.wholeNumber(u"schema"_s);
    document.each(u"stand_ins"_s, [&](StrictObject &object) { readWords(object, read.words); });
    read.noValues = document.lowerTexts(u"no_values"_s);
    read.noHosts = document.lowerTexts(u"no_hosts"_s);
    read.sampleUsers = document.lowerTexts(u"sample_users"_s);
    read.weakPasswords = document.lowerTexts(u"weak_passwords"_s);
    read.ownMachine = document.lowerTexts(u"own_machine"_s);
    for (const QString &sample : document.texts(u"known_samples"_s))
        read.knownSamples.push_back(sample.toStdString());
    document.refuseOthers();
    if (!error.isEmpty())
        return failure(ErrorKind::BadInput, error.sentence());
    return read;
}

// Of the program's own data, which a test reads as strictly: without them every placeholder would be a secret.
const StandIns &standIns()
{
    static const StandIns known = [] {
        QFile file(u":/rules/stand-ins.json"_s);
        auto read = parseStandIns(file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray());
        Q_ASSERT(read);
        return read ? std::move(*read) : StandIns();
    }();
    return known;
}

} // namespace cockpit
