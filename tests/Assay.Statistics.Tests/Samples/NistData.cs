using System.Globalization;
using System.Numerics;

namespace Assay.Statistics.Tests.Samples;

/// <summary>
/// The univariate data of NIST's Statistical Reference Datasets: read from nist/, or made as NIST defines them.
/// https://www.itl.nist.gov/div898/strd/univ/homepage.html
/// </summary>
internal static class NistData
{
    public static double[] Values(string name) =>
        name switch
        {
            "PiDigits" => PiDigits(),
            "NumAcc1" => [10000001, 10000003, 10000002],
            "NumAcc2" => Alternating(1.2, 1.1, 1.3),
            "NumAcc3" => Alternating(1000000.2, 1000000.1, 1000000.3),
            "NumAcc4" => Alternating(10000000.2, 10000000.1, 10000000.3),
            _ => Read(name),
        };

    /// <summary>1001 values: the first, and then the other two in turn.</summary>
    private static double[] Alternating(double first, double odd, double even) => [first, .. Enumerable.Range(1, 1000).Select(i => i % 2 == 1 ? odd : even)];

    /// <summary>
    /// 5000 digits of π. NIST's file has a 3 at the 957th digit, where π has an 8; the certified figures are those of the file.
    /// </summary>
    private static double[] PiDigits()
    {
        // Machin (1706): π = 16·arctan(1/5) − 4·arctan(1/239), with 20 digits to spare.
        var unit = BigInteger.Pow(10, 5020);
        var pi = (16 * ArcTangentOfInverse(5, unit)) - (4 * ArcTangentOfInverse(239, unit));
        var digits = pi.ToString(CultureInfo.InvariantCulture).Take(5000).Select(digit => (double)(digit - '0')).ToArray();
        digits[956].ShouldBe(8);
        digits[956] = 3;
        return digits;
    }

    private static BigInteger ArcTangentOfInverse(int x, BigInteger unit)
    {
        var sum = BigInteger.Zero;
        var power = unit / x;
        for (var k = 1; !power.IsZero; k += 2)
        {
            sum += k % 4 == 1 ? power / k : -power / k;
            power /= x * x;
        }

        return sum;
    }

    private static double[] Read(string name) =>
        [
            .. File.ReadLines(Path.Combine(Folder(), $"{name}.txt"))
                .Where(line => !line.StartsWith('#'))
                .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(value => double.Parse(value, CultureInfo.InvariantCulture)),
        ];

    private static string Folder()
    {
        const string Nist = "tests/Assay.Statistics.Tests/Samples/nist";
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, Nist)))
            {
                return Path.Combine(folder.FullName, Nist);
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds {Nist}: run the tests from within the repository.");
    }
}
