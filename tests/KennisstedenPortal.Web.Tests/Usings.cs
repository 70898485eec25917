global using System.Net;
global using FluentAssertions;
global using KennisstedenPortal.Testing;
global using Xunit;

[assembly: AssemblyFixture(typeof(KennisstedenPortal.Web.Tests.Site))]
