using System.Text;
using System.Xml.Linq;
using Assay.Embedded.Folders;
using Assay.Server.Hosting;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Assay.Server.Access;

/// <summary>The keys that protect forms, in the data folder: files that only the hub's user can read.</summary>
internal sealed class KeyFiles(DataFolder folder) : IXmlRepository
{
    private const string Place = "keys";

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var place = Path.Combine(folder.Path, Place);
        if (Directory.Exists(place))
        {
            // An earlier version made it for all to see.
            OwnerOnly.MakeFolder(place);
        }

        return Directory.Exists(place) ? [.. Directory.EnumerateFiles(place, "*.xml").Order(StringComparer.Ordinal).Select(f => XElement.Load(f))] : [];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        OwnerOnly.MakeFolder(Path.Combine(folder.Path, Place));
        folder.Write(Path.Combine(Place, friendlyName + ".xml"), Encoding.UTF8.GetBytes(element.ToString()));
    }
}
