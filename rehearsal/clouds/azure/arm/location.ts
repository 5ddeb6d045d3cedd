import { Refusal } from "./refusal";

/**
 * The region that a PUT names, as ARM stores it: `West Europe` as `westeurope`. A resource stays in
 * its region.
 */
export function regionOf(
  location: unknown,
  resource: { readonly name: string; readonly group: string; readonly there: string | undefined },
): string {
  if (typeof location !== "string" || location === "") {
    const message = "The location property is required for this definition.";
    throw new Refusal(400, "LocationRequired", message);
  }
  const region = location.toLowerCase().replaceAll(" ", "");
  const { name, group, there } = resource;
  if (there !== undefined && there !== region) throw elsewhere(name, there, group, region);
  return region;
}

/** https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-invalid-resource-location (u) */
function elsewhere(name: string, there: string, group: string, wanted: string): Refusal {
  return new Refusal(
    409,
    "InvalidResourceLocation",
    `The resource '${name}' already exists in location '${there}' in resource group '${group}'. A resource with the same name cannot be created in location '${wanted}'. Please select a new resource name.`,
  );
}
