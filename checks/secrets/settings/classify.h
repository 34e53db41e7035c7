// From a setting with its value to what is kept of it.
#pragma once

#include "checks/secrets/settings/setting.h"
#include "checks/secrets/textscanner.h"

namespace cockpit::env {

// One for each thread and run.
class Classifier
{
public:
    // key: of the fingerprints. Fails as TextScanner::make() does.
    [[nodiscard]] static Result<Classifier> make(std::shared_ptr<const PatternSet> patterns, const QByteArray &key);

    // The value of `raw` may be overwritten afterwards; name, state, kind of value are filled in. Fails where the value
    // could not be searched (TextScan::ended): what is not known to be a secret would be taken for none.
    [[nodiscard]] Result<Setting> classify(const RawSetting &raw);

private:
    Classifier(TextScanner scanner, QByteArray key) : m_scanner(std::move(scanner)), m_key(std::move(key)) {}
    [[nodiscard]] Result<void> scan(const RawSetting &raw, Setting &setting);

    TextScanner m_scanner;
    QByteArray m_key;
    WipedBytes m_text;
};

} // namespace cockpit::env
