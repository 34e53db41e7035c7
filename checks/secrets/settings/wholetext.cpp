#include "checks/secrets/settings/wholetext.h"

#include "checks/secrets/descriptorreading.h"
#include "checks/secrets/narrowsource.h"

#include <algorithm>

namespace cockpit::env {

Result<WholeText> wholeText(const WalkedFile &file, size_t most)
{
    const ReadBytes read = [&](char *to, qint64 room) { return readSome(file.descriptor, to, room); };
    WholeText text;
    NarrowSource source(read);
    const auto form = source.begin();
    if (!form)
        return tl::unexpected(form.error());
    text.isBinary = form->form == TextForm::Binary;
    if (text.isBinary)
        return text;
    // One byte more tells whether there is more.
    text.bytes.resize(std::min(most, static_cast<size_t>(std::max<qint64>(file.size, 0))) + 1);
    const auto got = source.fill(text.bytes.data(), text.bytes.size());
    if (!got)
        return tl::unexpected(got.error());
    text.isCut = *got >= text.bytes.size();
    text.bytes.resize(std::min(*got, text.bytes.size() - (text.isCut ? 1 : 0)));
    return text;
}

} // namespace cockpit::env
