#include "models/masked.h"

#include "models/secret.h"
#include "models/secretmask.h"

#include <QHash>
#include <QJsonArray>

namespace cockpit {

namespace {

// One result's mask. Observations say the same few words again and again: each is looked at once.
class Mask
{
public:
    explicit Mask(const std::vector<Secret> &known) : m_known(known) {}

    QString text(const QString &text)
    {
        const auto done = m_done.constFind(text);
        return done == m_done.constEnd() ? *m_done.insert(text, m_known.masked(text)) : *done;
    }
    // Names too: some observations are keyed by what a target calls things.
    QJsonValue json(const QJsonValue &value);
    void finding(Finding &finding);
    void evidence(std::vector<Evidence> &evidence);
    void apply(QString &masked) { masked = text(masked); }

private:
    const SecretMask m_known;
    QHash<QString, QString> m_done;
};

QJsonValue Mask::json(const QJsonValue &value)
{
    if (value.isString())
        return text(value.toString());
    if (value.isArray()) {
        QJsonArray array;
        for (const QJsonValue entry : value.toArray())
            array.append(json(entry));
        return array;
    }
    if (value.isObject()) {
        QJsonObject object;
        const QJsonObject original = value.toObject();
        for (auto it = original.begin(); it != original.end(); ++it)
            object.insert(text(it.key()), json(it.value()));
        return object;
    }
    return value;
}

void Mask::evidence(std::vector<Evidence> &evidence)
{
    for (Evidence &piece : evidence) {
        apply(piece.title);
        apply(piece.body);
    }
}

void Mask::finding(Finding &finding)
{
    for (QString *text : {&finding.subject, &finding.title, &finding.whatWeSaw, &finding.whyItMatters,
                          &finding.fix.paste, &finding.fix.aiPrompt})
        apply(*text);
    for (QString &step : finding.fix.steps)
        apply(step);
    evidence(finding.evidence);
    if (finding.location)
        apply(finding.location->file);
}

} // namespace

CheckResult masked(CheckResult result)
{
    return masked(std::move(result), {});
}

CheckResult masked(CheckResult result, const std::vector<Secret> &known)
{
    Mask mask(known);
    mask.apply(result.summary);
    mask.apply(result.reason);
    mask.evidence(result.evidence);
    result.observed = mask.json(result.observed).toObject();
    for (Finding &finding : result.findings)
        mask.finding(finding);
    return result;
}

} // namespace cockpit
