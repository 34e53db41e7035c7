// JUnit XML, for deploy gates that show test results: a suite per family, a case per check and host.
#include "app/report/auditreport.h"

#include <QXmlStreamWriter>

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr double kMillisecondsPerSecond = 1000.0;

struct Suite
{
    std::vector<const CheckResult *> cases;
    int failures = 0;
    int errors = 0;
    int skipped = 0;
};

// Somebody has accepted every risk that this check found: a gate has nothing to stop for.
bool isAccepted(const CheckResult &result, const AuditReport &report)
{
    return !result.findings.empty() && std::ranges::all_of(result.findings, [&](const Finding &finding) {
        return acceptanceOf(finding, report).has_value();
    });
}

std::map<QString, Suite> suitesOf(const AuditReport &report)
{
    std::map<QString, Suite> suites;
    for (const CheckResult &result : report.run.results) {
        Suite &suite = suites[result.checkId.section(u'.', 0, 0)];
        suite.cases.push_back(&result);
        switch (result.outcome) {
        case Outcome::Warn:
        case Outcome::Fail:
            ++(isAccepted(result, report) ? suite.skipped : suite.failures);
            break;
        case Outcome::Error:
            ++suite.errors;
            break;
        case Outcome::NotRun:
        case Outcome::NotApplicable:
            ++suite.skipped;
            break;
        case Outcome::Pass:
        case Outcome::Info:
            break;
        }
    }
    return suites;
}

void writeMessage(QXmlStreamWriter &xml, const QString &element, const QString &text)
{
    xml.writeStartElement(element);
    xml.writeAttribute(u"message"_s, text);
    xml.writeEndElement();
}

void writeFindings(QXmlStreamWriter &xml, const CheckResult &result, const AuditReport &report)
{
    if (result.findings.empty())
        writeMessage(xml, u"failure"_s, result.summary);
    if (isAccepted(result, report))
        writeMessage(xml, u"skipped"_s, acceptanceOf(result.findings.front(), report)->reason);
    for (const Finding &finding : result.findings) {
        if (acceptanceOf(finding, report))
            continue;
        xml.writeStartElement(u"failure"_s);
        xml.writeAttribute(u"type"_s, toWord(finding.severity));
        xml.writeAttribute(u"message"_s, finding.title);
        xml.writeCharacters(finding.whatWeSaw);
        xml.writeEndElement();
    }
}

void writeCase(QXmlStreamWriter &xml, const CheckResult &result, const AuditReport &report)
{
    xml.writeStartElement(u"testcase"_s);
    xml.writeAttribute(u"classname"_s, result.checkId);
    xml.writeAttribute(u"name"_s, result.host.isEmpty() ? result.checkId : result.checkId + u' ' + result.host);
    const double seconds = static_cast<double>(result.duration.count()) / kMillisecondsPerSecond;
    xml.writeAttribute(u"time"_s, QString::number(seconds, 'f', 3));
    switch (result.outcome) {
    case Outcome::Warn:
    case Outcome::Fail:
        writeFindings(xml, result, report);
        break;
    case Outcome::Error:
        writeMessage(xml, u"error"_s, result.reason);
        break;
    case Outcome::NotRun:
    case Outcome::NotApplicable:
        writeMessage(xml, u"skipped"_s, result.reason);
        break;
    case Outcome::Pass:
    case Outcome::Info:
        break;
    }
    xml.writeEndElement();
}

} // namespace

QByteArray auditJunit(const AuditReport &report)
{
    QByteArray bytes;
    QXmlStreamWriter xml(&bytes);
    xml.setAutoFormatting(true);
    xml.writeStartDocument();
    xml.writeStartElement(u"testsuites"_s);
    xml.writeAttribute(u"name"_s, report.target.domain);
    for (const auto &[family, suite] : suitesOf(report)) {
        xml.writeStartElement(u"testsuite"_s);
        xml.writeAttribute(u"name"_s, family);
        xml.writeAttribute(u"tests"_s, QString::number(suite.cases.size()));
        xml.writeAttribute(u"failures"_s, QString::number(suite.failures));
        xml.writeAttribute(u"errors"_s, QString::number(suite.errors));
        xml.writeAttribute(u"skipped"_s, QString::number(suite.skipped));
        for (const CheckResult *result : suite.cases)
            writeCase(xml, *result, report);
        xml.writeEndElement();
    }
    xml.writeEndElement();
    xml.writeEndDocument();
    return bytes;
}

} // namespace cockpit
