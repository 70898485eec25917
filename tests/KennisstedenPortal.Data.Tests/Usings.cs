global using FluentAssertions;
global using KennisstedenPortal.Testing;
global using Xunit;

[assembly: AssemblyFixture(typeof(TestServer))]
