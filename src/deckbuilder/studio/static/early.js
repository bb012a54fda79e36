// Before anything is painted: light or dark, as it was chosen last.
{
  const look = localStorage.getItem("appearance");
  if (look === "light" || look === "dark") document.documentElement.dataset.look = look;
}
