// A static library needs one source; the data itself is in the generated resource objects that link with it.
namespace cockpit {
extern const char *const kResourceRoot;
const char *const kResourceRoot = ":/";
} // namespace cockpit
