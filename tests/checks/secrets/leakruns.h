// A run of the checks for secrets over folders and repositories, with a few rules.
#pragma once

#include "checks/secrets/compiledrules.h"
#include "tests/checks/secrets/gitfixture.h"
#include "tests/checks/secrets/smallrules.h"
#include "tests/checks/web/pages.h"

#include <QJsonDocument>

namespace cockpit::test {

inline QByteArray line(const std::string &key)
{
    return QByteArray::fromStdString("const key = \"" + key + "\";\n");
}

class RunOf
{
public:
    explicit RunOf(std::vector<LocalSource> sources, Deadline deadline = Deadline::in(std::chrono::minutes(1)))
        : m_seen({}, token, deadline, nullptr)
    {
        m_facts.sources = std::move(sources);
        m_facts.fingerprintKey = QByteArray(32, 'k');
        m_seen.put(CompiledRules{}, Result<std::shared_ptr<const PatternSet>>(smallSet()));
    }

    // What the person answered.
    void say(CodeAudience audience) { m_facts.codeAudience = audience; }

    Judged of(const Check &check)
    {
        return check.look({m_seen, m_target, nullptr, m_policy, m_facts, QDateTime::currentDateTimeUtc()});
    }

    CancelToken token;

private:
    Observations m_seen;
    Target m_target;
    Policy m_policy;
    ProjectFacts m_facts;
};

inline QByteArray written(const Judged &judged)
{
    QByteArray all = QJsonDocument(judged.observed).toJson() + judged.summary.toUtf8() + judged.reason.toUtf8();
    for (const Finding &finding : judged.findings)
        all += QJsonDocument(toJson(finding)).toJson();
    return all;
}

} // namespace cockpit::test
