global using FluentAssertions;
global using KennisstedenPortal.Testing;
global using Microsoft.Playwright;
global using Xunit;
global using static Microsoft.Playwright.Assertions;

[assembly: AssemblyFixture(typeof(KennisstedenPortal.BrowserTests.BrowserSite))]
