using FsCheck;
using FsCheck.Fluent;

namespace Assay.Tests.Text;

/// <summary>Texts that are hard on word rules: joints, marks, many scripts, broken surrogate pairs.</summary>
internal static class AnyText
{
    private static readonly string[] Pieces =
    [
        .. "a s x é Z 1 9 ² ½ _ ' ’ . , - … \u0301 \u0306 \u0308 \u00AD \u200D \uFE0F е ё Ё и Й ь 漢 字 々 〇 か カ 한 अ ा".Split(' '),
        .. new[] { " ", "\n", "\0", "𐐀", "𝟘", "𠀀", "😀", "\uD800", "\uDC00", "Ａ", "＇", "ｓ", "İ", "K", "'s", "ing", "ость" },
    ];

    public static Arbitrary<string> Arbitrary { get; } =
        Gen.OneOf(Gen.Elements(Pieces), Gen.Choose(0, char.MaxValue).Select(c => ((char)c).ToString()))
            .ListOf()
            .Select(pieces => string.Concat(pieces))
            .ToArbitrary();
}
