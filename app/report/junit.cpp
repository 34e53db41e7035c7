// JUnit XML, for deploy gates that show test results: a suite per family, a case per check and host.
#include "app/report/auditreport.h"

#include <QXmlStreamWriter>

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

std::map<QString, Suite> suitesOf(const Run &run)
{
    std::map<QString, Suite> suites;
    for (const CheckResult &result : run.results) {
        Suite &suite = suites[result.checkId.section(u'.', 0, 0)];
        suite.cases.push_back(&result);
        switch (result.outcome) {
        case Outcome::Warn:
        case Outcome::Fail:
            ++suite.failures;
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

void writeFindings(QXmlStreamWriter &xml, const CheckResult &result)
{
    if (result.findings.empty())
        writeMessage(xml, u"failure"_s, result.summary);
    for (const Finding &finding : result.findings) {
        xml.writeStartElement(u"failure"_s);
        xml.writeAttribute(u"type"_s, toWord(finding.severity));
        xml.writeAttribute(u"message"_s, finding.title);
        xml.writeCharacters(finding.whatWeSaw);
        xml.writeEndElement();
    }
}

void writeCase(QXmlStreamWriter &xml, const CheckResult &result)
{
    xml.writeStartElement(u"testcase"_s);
    xml.writeAttribute(u"classname"_s, result.checkId);
    xml.writeAttribute(u"name"_s, result.host.isEmpty() ? result.checkId : result.checkId + u' ' + result.host);
    const double seconds = static_cast<double>(result.duration.count()) / kMillisecondsPerSecond;
    xml.writeAttribute(u"time"_s, QString::number(seconds, 'f', 3));
    switch (result.outcome) {
    case Outcome::Warn:
    case Outcome::Fail:
        writeFindings(xml, result);
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
    for (const auto &[family, suite] : suitesOf(report.run)) {
        xml.writeStartElement(u"testsuite"_s);
        xml.writeAttribute(u"name"_s, family);
        xml.writeAttribute(u"tests"_s, QString::number(suite.cases.size()));
        xml.writeAttribute(u"failures"_s, QString::number(suite.failures));
        xml.writeAttribute(u"errors"_s, QString::number(suite.errors));
        xml.writeAttribute(u"skipped"_s, QString::number(suite.skipped));
        for (const CheckResult *result : suite.cases)
            writeCase(xml, *result);
        xml.writeEndElement();
    }
    xml.writeEndElement();
    xml.writeEndDocument();
    return bytes;
}

} // namespace cockpit
