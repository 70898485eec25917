using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Tests.StarterData;

public sealed class StarterImporterTests(TestServer server)
{
    [Fact]
    public async Task Import_IntoAnEmptyDatabase_HoldsEveryRecord()
    {
        await using var database = await server.EmptyAsync();

        var report = await database.Importer.ImportAsync();

        report.Objects.Should().Contain("city", 13).And.Contain("campus", 37).And.Contain("innovation-district", 20)
            .And.Contain("rd-concentration", 100).And.Contain("facility", 92).And.Contain("organisation", 143)
            .And.Contain("organisation (alleen bij naam)", 193);
        report.Differences.Should().BeEmpty();
        report.Unresolved.Should().ContainSingle().Which.Should().Contain("a270-testomgeving");
    }
}
