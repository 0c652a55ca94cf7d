using Assay.Server.Surface.Reading;

namespace Assay.Server.Tests.Surface;

public sealed class LocalPathTests
{
    [Theory]
    [InlineData("/slos/ask.quality", true)]
    [InlineData("/traces?service=a%2Fb", true)]
    [InlineData("/", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("slos", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("/\t/evil.example", false)]
    [InlineData("/\n\\evil.example", false)]
    [InlineData("/\r/evil.example", false)]
    public void Only_a_path_of_this_hub_is_local_also_to_browsers_that_strip_tabs_and_line_ends(string? path, bool isLocal) =>
        LocalPath.Is(path).ShouldBe(isLocal);
}
